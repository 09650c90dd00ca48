/** restify and one flush, without a bot: the least that a durable answer costs. Requests that wait share a flush. */
import { constants, openSync, write, writeSync } from 'node:fs';
import { join } from 'node:path';
import restify from 'restify';
import { announce } from './announce.ts';
import { answerTo } from './answer.ts';

const recordBytes = 2048;
const fileBytes = 64 << 20;
const record = Buffer.alloc(recordBytes, 'x');
const file = openSync(
  join(process.env.DATA_DIR ?? '.', 'journal'),
  constants.O_CREAT | constants.O_RDWR | constants.O_DSYNC,
);
// Filled before use, so that a write changes no size.
for (let at = 0; at < fileBytes; at += 1 << 20) writeSync(file, Buffer.alloc(1 << 20), 0, 1 << 20, at);

let waiting: (() => void)[] = [];
let isWriting = false;
let end = 0;

function flush() {
  const answered = waiting;
  waiting = [];
  isWriting = answered.length > 0;
  if (!isWriting) return;
  const bytes = recordBytes * answered.length;
  if (end + bytes > fileBytes) end = 0;
  write(file, Buffer.concat(answered.map(() => record)), 0, bytes, end, (error) => {
    if (error) throw error;
    for (const answer of answered) answer();
    flush();
  });
  end += bytes;
}

const server = restify.createServer();
server.use(restify.plugins.bodyParser());
server.post('/api/messages', (request, response, next) => {
  waiting.push(() => {
    response.send(200, answerTo(request.body));
    next();
  });
  if (!isWriting) flush();
});
server.listen(0, '127.0.0.1', () => announce(server));
