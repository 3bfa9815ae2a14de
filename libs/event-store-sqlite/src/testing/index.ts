export { type TemporaryFolder, temporaryFolder } from './temporary-folder.js';
export { startTypeScript } from './typescript-process.js';
