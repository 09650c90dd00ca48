/** How long the process takes to its first answer, how long a full store takes to open, and how much memory it needs. */
import { gzipSync } from 'node:zlib';
import { median } from './lib/measure.ts';
import { startServer } from './lib/server-process.ts';
import { oursEnv } from './scenarios.ts';

/** From the start of the process to the first 200 of /healthz, milliseconds: the median of several starts. */
export async function measureStart(dataDir: string, starts: number): Promise<number> {
  const times: number[] = [];
  while (times.length < starts) {
    const began = performance.now();
    const server = await startServer({ file: 'src/index.ts', env: oursEnv(dataDir) });
    const response = await fetch(`http://127.0.0.1:${server.port}/healthz`);
    times.push(performance.now() - began);
    await server.stop();
    if (response.status !== 200) throw new Error(`/healthz answered ${response.status}`);
  }
  return Math.round(median(times));
}

/** A process that opens the store and nothing else. */
export async function measureOpen(dataDir: string): Promise<{ openMs: number; memory: number }> {
  const server = await startServer({ file: 'bench/servers/open-store.ts', env: { DATA_DIR: dataDir } });
  const { openMs, memory } = (await (await fetch(`http://127.0.0.1:${server.port}/`)).json()) as Record<string, number>;
  await server.stop();
  return { openMs: Math.round(openMs!), memory: Math.round(memory!) };
}

/** The script that a website embeds, packed. */
export async function widgetBytes(port: number): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${port}/widget.js`);
  if (!response.ok) throw new Error(`/widget.js answered ${response.status}`);
  return gzipSync(await response.text()).length;
}
