import { describe, expect, it } from '@jest/globals';
import { logLevel } from 'kafkajs';
import { kafkaLogsTo } from './relay-logger.js';

describe("the client's log lines", () => {
  const lines: unknown[] = [];
  const logger = {
    warn: (details: object, message: string) => lines.push(['warn', details, message]),
    info: (details: object, message: string) => lines.push(['info', details, message]),
    debug: (details: object, message: string) => lines.push(['debug', details, message]),
  };

  it('pass on what is known to hold no secret, and are warnings at most', () => {
    const log = kafkaLogsTo(logger)(logLevel.DEBUG);
    const details = { timestamp: '', logger: 'kafkajs', broker: 'kafka:9092', error: 'refused', payload: 'password' };
    log({ namespace: 'Connection', level: logLevel.ERROR, label: 'ERROR', log: { ...details, message: 'Failed' } });
    log({ namespace: 'Producer', level: logLevel.INFO, label: 'INFO', log: { ...details, message: 'Told' } });
    log({ namespace: 'Producer', level: logLevel.DEBUG, label: 'DEBUG', log: { ...details, message: 'Whispered' } });
    const retries = 'Limiting retries for the idempotent producer may invalidate EoS guarantees';
    log({ namespace: 'Producer', level: logLevel.WARN, label: 'WARN', log: { ...details, message: retries } });
    const known = { broker: 'kafka:9092', error: 'refused' };
    expect(lines).toEqual([
      ['warn', { kafka: 'Connection', ...known }, 'Failed'],
      ['info', { kafka: 'Producer', ...known }, 'Told'],
      ['debug', { kafka: 'Producer', ...known }, 'Whispered'],
      ['debug', { kafka: 'Producer', ...known }, retries],
    ]);
  });
});
