export { arbitraryDocument, sampleRegistry } from './arbitrary-document.js';
export { arbitraryLog, sampleTenants } from './arbitrary-log.js';
export { foldOfLog } from './fold-of-log.js';
export { GrowingLog, KeptView } from './kept-view.js';
export { SampleLog } from './sample-log.js';
export { TemporaryPostgresView } from './temporary-postgres-view.js';
export { TemporaryView } from './temporary-view.js';
export { describeViews, type ViewEngine, type ViewUnderTest } from './view-engines.js';
export { type DumpedTable, type ViewDump, viewSnapshot } from './view-snapshot.js';
