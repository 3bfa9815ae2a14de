export { type TemporaryFolder, temporaryFolder } from './temporary-folder.js';
export { startTypeScript, startTypeScriptWith } from './typescript-process.js';
