/** A line to a server that a test can cut or hold. */
import { connect, createServer, type Socket } from 'node:net';

export interface Wire {
  port: number;
  /**
   * open: everything passes. cutQuestions: the next thing said to the server is lost with its connection. cutAnswers: the
   * server hears it, its answer is lost with the connection. hold: nothing passes any more. closed: nobody is let in.
   */
  be(state: 'open' | 'cutQuestions' | 'cutAnswers' | 'hold' | 'closed'): void;
  close(): Promise<void>;
}

export async function layWire(to: { host: string; port: number }): Promise<Wire> {
  let state: Parameters<Wire['be']>[0] = 'open';
  const ends = new Set<Socket>();
  const server = createServer((near) => {
    if (state === 'closed') return void near.destroy();
    const far = connect(to.port, to.host);
    const cut = () => {
      near.destroy();
      far.destroy();
    };
    for (const [from, other, cutting] of [
      [near, far, 'cutQuestions'],
      [far, near, 'cutAnswers'],
    ] as const) {
      ends.add(from);
      from.on('data', (bytes) => {
        if (state === cutting) cut();
        else if (state !== 'hold') other.write(bytes);
      });
      from.on('error', cut);
      from.on('close', () => {
        ends.delete(from);
        cut();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    port,
    be(next) {
      state = next;
      if (state === 'closed') for (const end of ends) end.destroy();
    },
    async close() {
      for (const end of ends) end.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
