import type { RelayLogger } from '../kafka/relay-logger.js';

const nothing = () => undefined;

export const silentLogger: RelayLogger = { warn: nothing, info: nothing, debug: nothing };
