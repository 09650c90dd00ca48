/** Opens the embedded store of a data folder, and tells how long that took and what it holds in memory. */
import { createServer } from 'node:http';
import { join } from 'node:path';
import { openLowdbStore } from '../../src/store/lowdb/index.ts';
import { announce } from './announce.ts';

const began = performance.now();
const store = await openLowdbStore({ folder: join(process.env.DATA_DIR ?? '.', 'store') });
const openMs = performance.now() - began;
const memory = process.memoryUsage().rss / 1e6;
const server = createServer((_, response) => response.end(JSON.stringify({ openMs, memory })));
server.listen(0, '127.0.0.1', () => announce(server));
process.once('SIGTERM', () => void store.close().then(() => process.exit()));
