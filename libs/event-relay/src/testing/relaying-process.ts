/** A process that writes a log and relays it, until it is killed: `<log> <ledger> <brokers> <prefix> <name>`. */
import { SqliteEventStore } from '#event-store-sqlite';
import { openSqliteRelayLedger } from '../ledger/sqlite-relay-ledger.js';
import { RelayProcess } from './relay-process.js';
import { SampleHistory } from './sample-history.js';
import { TopicsUnderTest } from './topics-under-test.js';

const [logFile, ledgerFile, brokers, prefix, name] = process.argv.slice(2) as [string, string, string, string, string];
const log = SqliteEventStore.open({ file: logFile });
const history = new SampleHistory(log, 25, name);
await history.grow();
new RelayProcess({
  log,
  ledger: openSqliteRelayLedger({ file: ledgerFile, log }),
  publisher: new TopicsUnderTest(brokers, { prefix }).publisher(),
  batchSize: 100,
  observer: { published: ({ checkpoint }) => process.stdout.write(`${checkpoint}\n`) },
});
for (;;) await history.grow();
