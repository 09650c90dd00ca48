/** Data folders that hold many conversations from before. */
import { spawnSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createTurns } from '../src/bot/turn.ts';
import { loadTexts } from '../src/language/texts.ts';
import { diskFiles, type FileLayer } from '../src/store/lowdb/file-layer.ts';
import { openLowdbStore } from '../src/store/lowdb/index.ts';
import type { Json, Store } from '../src/store/port.ts';
import { scratch } from './lib/server-process.ts';
import { round, storedId } from './visitors.ts';

/** Many at once, as a batch of the journal; not so many that memory grows. */
const conversationsInCommit = 200;

/** A disk without flushes: what is made here is made again when the power goes. */
const hasty = (): FileLayer => {
  const disk = diskFiles();
  return { ...disk, open: (path, which) => disk.open(path, which, 'lazy'), flushFolder: async () => {} };
};

/**
 * Makes a fresh DATA_DIR with so many conversations in it, each once through the registration, and gives back its path.
 * `inJournal` leaves the last of them in the journal only, as a process that was killed does.
 */
export async function makeStored(name: string, count: number, { inJournal = false } = {}): Promise<string> {
  const dataDir = join(scratch, name);
  await rm(dataDir, { recursive: true, force: true });
  const store = await openLowdbStore({ folder: join(dataDir, 'store'), files: hasty() });
  await fillStore(store, count);
  // Erasing, even of nothing, brings everything into the files.
  if (!inJournal) await store.erase({});
  await store.close();
  // What the system has still to write would slow down what is measured next.
  spawnSync('sync');
  return dataDir;
}

/** The same conversation so many times, each under its own id. */
export async function fillStore(store: Store, count: number): Promise<void> {
  const { value, lines } = await playOnce(store);
  for (let from = 0; from < count; from += conversationsInCommit) {
    const ids = Array.from({ length: Math.min(conversationsInCommit, count - from) }, (_, at) => storedId(from + at));
    await store.commit({
      docs: ids.map((id) => ({ key: `conversation/${id}`, version: 0, value })),
      lines: ids.flatMap((conversation) => lines.map((line) => ({ conversation, value: line }))),
    });
  }
}

/** One conversation of the usual length, as the bot itself writes it down. */
async function playOnce(store: Store): Promise<{ value: Json; lines: Json[] }> {
  const conversation = 'played-once';
  const turns = createTurns({
    store,
    texts: loadTexts(),
    understand: () => ({ intent: 'none', decision: 'none', ranking: [], language: 'et', languageSure: false }),
    settings: { reachable: true, supportLanguage: 'et' },
    now: Date.now,
    random: (bytes) => new Uint8Array(bytes),
  });
  await turns.open({ id: conversation, channel: 'emulator', user: 'customer', locale: 'et-EE' });
  await turns.receive({ type: 'event', name: 'webchat/join', conversation: { id: conversation } as never });
  let where = 'null.menu';
  for (let count = 0; where !== 'register.wait'; count++) {
    const [text, next] = round[where]!;
    await turns.receive({ type: 'message', id: `said-${count}`, text, conversation: { id: conversation } as never });
    where = next;
  }
  const [doc] = await store.read([`conversation/${conversation}`]);
  const lines = await store.lines(conversation, 0, 1000);
  return { value: doc!.value!, lines: lines.map((line) => line.value) };
}
