/** Writes as fast as it can and says on its standard output what was acknowledged, until it is killed. */
import { writeSync } from 'node:fs';
import { openLowdbStore } from '../../../src/store/lowdb/index.ts';

const store = await openLowdbStore({
  folder: process.argv[2]!,
  // Small, so that segments are changed and files are written behind while it is killed.
  journalBytes: 256 << 10,
  settleMs: 20,
});

async function write(conversation: string) {
  for (;;) {
    const key = `conversation/${conversation}` as const;
    const [doc] = await store.read([key]);
    const n = doc!.version + 1;
    await store.commit({
      docs: [{ key, version: n - 1, value: { n, text: 'Tere, külaline! '.repeat(20) } }],
      lines: [{ conversation, value: n }],
    });
    writeSync(1, `${conversation} ${n}\n`);
  }
}

await Promise.all(['a', 'b', 'c', 'd'].map(write));
