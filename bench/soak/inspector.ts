/** Looks into a process through Node's own inspector (Chrome DevTools Protocol), so that the bot needs nothing of its own for it. */
import { once } from 'node:events';
import { WebSocket } from 'ws';

export interface Inspector {
  /** After everything that can be collected was collected: bytes. */
  memory(): Promise<{ rss: number; heapUsed: number }>;
  close(): void;
}

/** @param printed what a process wrote that was started with `--inspect` */
export async function openInspector(printed: string): Promise<Inspector> {
  const url = /ws:\/\/127\.0\.0\.1:\d+\/[\w-]+/.exec(printed)?.[0];
  if (!url) throw new Error(`no address of an inspector in:\n${printed}`);
  const socket = new WebSocket(url);
  await once(socket, 'open');
  const waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  let asked = 0;
  socket.on('message', (data) => {
    const { id, result } = JSON.parse(String(data)) as { id?: number; result?: unknown };
    if (id === undefined) return;
    waiting.get(id)?.resolve(result);
    waiting.delete(id);
  });
  const gone = () => {
    for (const { reject } of waiting.values()) reject(new Error('the process has ended'));
    waiting.clear();
  };
  socket.on('error', gone);
  socket.on('close', gone);
  const ask = (method: string, params: object = {}) =>
    new Promise<unknown>((resolve, reject) => {
      if (socket.readyState !== socket.OPEN) return reject(new Error('the process has ended'));
      waiting.set(++asked, { resolve, reject });
      socket.send(JSON.stringify({ id: asked, method, params }));
    });
  return {
    async memory() {
      // What finalizers let go of is collected the second time.
      for (const _ of [1, 2]) await ask('HeapProfiler.collectGarbage');
      const expression = 'JSON.stringify(process.memoryUsage())';
      const { result } = (await ask('Runtime.evaluate', { expression })) as { result: { value: string } };
      return JSON.parse(result.value) as { rss: number; heapUsed: number };
    },
    close: () => socket.terminate(),
  };
}
