/** What stands between a customer's browser and the server: a proxy that lets everything through, or not. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, request as send } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

/** `cut`: the handshake passes and the socket is reset at once; `away`: nothing passes. */
export type Passes = 'everything' | 'no sockets' | 'sockets hang' | 'sockets are cut' | 'away';

export async function openWay(to: string) {
  const { hostname, port } = new URL(to);
  const open = new Set<Socket>();
  const answered: { method: string; path: string; status: number; body: string }[] = [];
  let passes: Passes = 'everything';
  /** What is sent on: the address that the browser knows stays, as with nginx. */
  const onward = ({ method, url, headers }: IncomingMessage) => ({ hostname, port, method, path: url, headers });

  const server = createServer((request, response) => {
    const said: Buffer[] = [];
    request.on('data', (chunk: Buffer) => said.push(chunk));
    const passed = send(onward(request), (answer) => {
      const path = new URL(request.url ?? '', to).pathname;
      answered.push({
        method: request.method!,
        path,
        status: answer.statusCode!,
        body: Buffer.concat(said).toString(),
      });
      response.writeHead(answer.statusCode!, answer.rawHeaders);
      answer.pipe(response);
    });
    passed.on('error', () => response.destroy());
    request.pipe(passed);
  });
  server.on('upgrade', (request, socket: Socket) => {
    socket.on('error', () => socket.destroy());
    if (passes === 'sockets hang') return;
    if (passes === 'no sockets') {
      socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
      return;
    }
    const passed = connect(Number(port), hostname, () => {
      const headers = request.rawHeaders.map((part, i) => (i % 2 ? `${part}\r\n` : `${part}: `)).join('');
      passed.write(`${request.method} ${request.url} HTTP/1.1\r\n${headers}\r\n`);
      if (passes !== 'sockets are cut') return void socket.pipe(passed).pipe(socket);
      // The handshake alone: a message may be in the same piece.
      passed.once('data', (data) => {
        socket.write(data.subarray(0, data.indexOf('\r\n\r\n') + 4), () => socket.resetAndDestroy());
      });
    });
    for (const [one, other] of [
      [passed, socket],
      [socket, passed],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  });
  server.on('connection', (socket) => {
    if (passes === 'away') return socket.resetAndDestroy();
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Every request that was answered, in order. */
    answered,
    /** What passes from now on; what is open is cut. */
    lets(what: Passes) {
      passes = what;
      for (const socket of open) socket.resetAndDestroy();
    },
    async close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
