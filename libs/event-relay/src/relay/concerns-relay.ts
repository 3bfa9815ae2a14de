import { allBut } from '#projections';

/** Which stored events are published: those of users and groups. The streams of names are between parts of this product. */
export const concernsRelay = allBut('NameClaimed', 'NameReleased');
