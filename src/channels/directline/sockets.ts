import type { WebSocket } from 'ws';
import { errorFacts, type Log } from '../../ops/log.ts';
import type { Store } from '../../store/port.ts';
import { readSet } from './transcript.ts';

export interface Sockets {
  /** Sends every line after `after`, now and in future; a socket that the conversation has already is closed. */
  attach(socket: WebSocket, conversation: string, after: number): void;
  /** How many are open, for metrics. */
  count(): number;
  /** The conversation was erased: its socket, if there is one, learns it now and not with the next beat. */
  ended(conversation: string): void;
  close(): void;
}

interface Open {
  socket: WebSocket;
  /** Looks for new lines. */
  wake(): void;
  answered: boolean;
}

/**
 * @param beat milliseconds between pings; a socket that has not answered the last one is ended, and as calls of the store
 *   may be lost, each beat also looks for new lines
 */
export function createSockets({
  store,
  log,
  beat = 30_000,
}: {
  store: Pick<Store, 'lines' | 'watch'>;
  log: Log;
  beat?: number;
}): Sockets {
  const open = new Map<string, Open>();
  let isEnding = false;
  const timer = setInterval(() => {
    for (const entry of open.values()) {
      if (!entry.answered) {
        entry.socket.terminate();
        continue;
      }
      entry.answered = false;
      entry.socket.ping();
      entry.wake();
    }
  }, beat);
  timer.unref();

  const sayGoodbye = (socket: WebSocket): void => socket.close(1001, 'the server restarts');

  function attach(socket: WebSocket, conversation: string, after: number): void {
    // Its handshake was under way when the others were told.
    if (isEnding) {
      sayGoodbye(socket);
      return;
    }
    const entry: Open = { socket, answered: true, wake: pump(socket, conversation, after) };
    open.get(conversation)?.socket.close(1008, 'collision');
    open.set(conversation, entry);
    const unwatch = store.watch(conversation, entry.wake);
    socket.on('pong', () => {
      entry.answered = true;
    });
    // Clients only send empty texts, to see whether the line holds.
    socket.on('message', () => {
      entry.answered = true;
      if (socket.bufferedAmount === 0) socket.send('');
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      unwatch();
      if (open.get(conversation) === entry) open.delete(conversation);
    });
    entry.wake();
  }

  /** One set at a time, the next one only when the client's connection has taken the last: a slow client costs no memory. */
  function pump(socket: WebSocket, conversation: string, after: number): () => void {
    let busy = false;
    let again = false;
    let watermark = after;
    async function run(): Promise<void> {
      while (socket.readyState === socket.OPEN) {
        again = false;
        const set = await readSet(store, conversation, watermark, () => end(socket));
        if (set.activities.length > 0) await send(socket, JSON.stringify(set));
        else if (!again) break;
        watermark = Number(set.watermark);
      }
      busy = false;
    }
    return () => {
      again = true;
      if (busy) return;
      busy = true;
      run().catch((error: unknown) => {
        log('warn', 'a chat socket was closed', errorFacts(error));
        socket.close(1011, 'try again');
      });
    };
  }

  return {
    attach,
    count: () => open.size,
    ended(conversation) {
      const entry = open.get(conversation);
      if (entry) end(entry.socket);
    },
    close() {
      isEnding = true;
      clearInterval(timer);
      for (const { socket } of open.values()) sayGoodbye(socket);
    },
  };
}

/** The client asks for the conversation again, and is told that there is none. */
const end = (socket: WebSocket) => socket.close(1000, 'ended');

const send = (socket: WebSocket, text: string) =>
  new Promise<void>((resolve) => {
    // A connection that broke meanwhile is seen by the loop.
    socket.send(text, () => resolve());
  });
