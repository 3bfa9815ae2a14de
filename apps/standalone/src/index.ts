export { type DataFiles, dataFiles } from './engines/data-files.js';
