export { arbitraryDocument, sampleRegistry } from './arbitrary-document.js';
export { arbitraryLog, sampleTenants } from './arbitrary-log.js';
export { foldOfLog } from './fold-of-log.js';
export { SampleLog } from './sample-log.js';
export { TemporaryView } from './temporary-view.js';
export { type DumpedTable, type ViewDump, viewSnapshot } from './view-snapshot.js';
