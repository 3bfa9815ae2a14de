import type { ParkedKey, ParkedKeyRequest } from '../relay/parked-key.js';
import type { LedgerDatabase } from './ledger-database.js';
import { parkedOfRow, selectParked } from './ledger-tables.js';

/** The parked keys of one relay, as any process may ask for them and note what an operator wants. */
export class ParkedRows {
  constructor(
    private readonly database: Pick<LedgerDatabase, 'run'>,
    private readonly relay: string,
  ) {}

  async parkedKeys(): Promise<readonly ParkedKey[]> {
    return (await this.database.run(selectParked, [this.relay])).map(parkedOfRow);
  }

  async request(key: string, request: ParkedKeyRequest, eventId: string | null = null): Promise<boolean> {
    const note = `UPDATE relay_parked SET request = $1
      WHERE relay = $2 AND message_key = $3 AND event_id = COALESCE($4, event_id) RETURNING message_key`;
    return (await this.database.run(note, [request, this.relay, key, eventId])).length > 0;
  }
}
