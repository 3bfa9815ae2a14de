export { startTypeScript } from './typescript-process.js';
