/**
 * A loopback server in a process of its own: prints its connection string, and ends when its standard input does. To be
 * started with `startTypeScript`.
 */
import { LoopbackServer } from './loopback-server.js';

const server = await LoopbackServer.start();
process.stdout.write(`${server.connectionString()}\n`);
process.stdin.resume().on('end', () => void server.stop());
