import { allBut } from '#projections';

/** Which stored events can change a row: the streams of names have none (`resourceOfEvent`), and are half of the log. */
export const concernsView = allBut('NameClaimed', 'NameReleased');
