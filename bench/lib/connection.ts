/**
 * A kept-alive HTTP/1.1 connection with one request in flight, on a bare socket: node's own client takes longer over a
 * request than the fastest servers here, and the load has one core.
 */
import { once } from 'node:events';
import { connect } from 'node:net';

export interface Connection {
  /** Sends JSON and gives back the JSON of the answer. @throws Error for any status but 2xx, or a connection that ends */
  post(path: string, body: unknown, headers?: string): Promise<unknown>;
  close(): void;
}

const headEnd = '\r\n\r\n';

export async function openConnection(port: number): Promise<Connection> {
  const socket = connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  await once(socket, 'connect');
  let received: Buffer = Buffer.alloc(0);
  let waiting: { resolve(answer: unknown): void; reject(error: Error): void } | undefined;

  socket.on('data', (chunk) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    const end = received.indexOf(headEnd);
    if (end < 0) return;
    const head = received.toString('latin1', 0, end);
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    if (length === undefined) return fail(new Error(`an answer without Content-Length:\n${head}`));
    const bodyAt = end + headEnd.length;
    const bodyEnd = bodyAt + Number(length);
    if (received.length < bodyEnd) return;
    const text = received.toString('utf8', bodyAt, bodyEnd);
    received = received.subarray(bodyEnd);
    if (!/^HTTP\/1\.1 2/.test(head)) return fail(new Error(`${head}\n\n${text}`));
    const { resolve } = waiting!;
    waiting = undefined;
    resolve(text === '' ? undefined : JSON.parse(text));
  });
  const fail = (error: Error) => {
    waiting?.reject(error);
    waiting = undefined;
    socket.destroy();
  };
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('the server closed the connection')));

  return {
    post(path, body, headers = '') {
      const text = JSON.stringify(body);
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket.write(
          `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\n${headers}` +
            `Content-Length: ${Buffer.byteLength(text)}${headEnd}${text}`,
        );
      });
    },
    close: () => socket.destroy(),
  };
}
