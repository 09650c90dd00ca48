/** Start: what the folder holds is brought together, or refused by name. */
import { join } from 'node:path';
import { StoreUnavailable } from '../port.ts';
import { type CheckpointFile, createCheckpointFile } from './checkpoint.ts';
import { createDamage, type Damage } from './damage.ts';
import type { FileWriter } from './document-file.ts';
import { createDocuments, type Documents } from './documents.ts';
import type { FileLayer } from './file-layer.ts';
import { type FrameRun, readFrames } from './frames.ts';
import { createJournal, type Journal } from './journal.ts';
import { decodeOp } from './ops.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { replayJournal } from './replay.ts';

export interface OpenFolder {
  documents: Documents;
  outbox: Outbox;
  journal: Journal;
  checkpoint: CheckpointFile;
  firstSegment: number;
  damage: Damage;
  /** Flushes the folders in which names have changed since the last call. */
  flushNames(): Promise<void>;
}

/** A journal is cut into this many segments: what is removed and what a commit waits for comes in such steps. */
const SEGMENTS = 16;

export async function openFolder(options: {
  folder: string;
  files: FileLayer;
  warn: (message: string) => void;
  journalBytes: number;
  cacheSize: number;
}): Promise<OpenFolder> {
  const { folder, files } = options;
  const journalFolder = join(folder, 'journal');
  const documentsFolder = join(folder, 'documents');
  const spareFolder = join(folder, 'tmp');
  const changed = new Set<string>();
  let drafts = 0;
  const damage = createDamage(options.warn);
  const writer: FileWriter = {
    files,
    damage,
    temporary: () => join(spareFolder, `draft-${drafts++}`),
    renamed: (path) => changed.add(path),
  };
  async function flushNames() {
    for (const path of [...changed]) {
      await files.flushFolder(path);
      changed.delete(path);
    }
  }

  const checkpoint = createCheckpointFile(folder, writer);
  const saved = await checkpoint.read();
  if (saved) await refuseMissing(saved.kinds ?? []);
  for (const path of [journalFolder, documentsFolder, spareFolder]) await files.makeFolder(path);
  for (const name of await files.list(spareFolder)) await files.remove(join(spareFolder, name));
  // What a person or the system has put there beside them is nobody's kind.
  const kinds = (await files.list(documentsFolder)).filter((name) => /^[a-z][a-z0-9-]*$/.test(name));
  const documents = createDocuments(documentsFolder, kinds, writer, options.cacheSize);
  const outbox = createOutbox(saved?.nextOrder ?? 1);
  const segmentBytes = Math.ceil(options.journalBytes / SEGMENTS);
  const journalAt = { folder: journalFolder, spareFolder, files, segmentBytes };

  function replay(line: Buffer, segment: number) {
    const word = String.fromCharCode(line[0]!);
    if (word !== 'o' && word !== 'r') return documents.replay(line, segment);
    const op = decodeOp(line.toString());
    if (op.op === 'row') outbox.put(op.order, op.text);
    else if (op.op === 'unrow') outbox.remove(op.id);
  }

  /** What is missing cannot be told from what never was, but by a note of it. */
  async function refuseMissing(kinds: string[]) {
    const names = await files.list(folder);
    const inside = new Set(await files.list(documentsFolder));
    const missing = [
      ...(names.includes('documents') ? [] : [documentsFolder]),
      ...kinds.filter((kind) => !inside.has(kind)).map((kind) => join(documentsFolder, kind)),
    ];
    if (missing.length === 0) return;
    throw new StoreUnavailable(
      `${missing[0]} is missing though ${join(folder, 'store.json')} knows of it. Put the data folder back from a backup; if that folder was empty, make it.`,
    );
  }

  async function beginAnew() {
    const segments = await files.list(journalFolder);
    const runs = await Promise.all(segments.map(async (name) => files.read(join(journalFolder, name))));
    // A segment gets its name with its head in it, and nothing else.
    const isFresh = ({ payloads, after }: FrameRun) => payloads.length === 1 && after === 'zeros';
    const used = runs.some((file) => file && !isFresh(readFrames(file)));
    if (used || (await files.list(documentsFolder)).length > 0) {
      throw new StoreUnavailable(
        `${join(folder, 'store.json')} is missing though ${folder} holds data: put it back from a backup, or choose an empty folder`,
      );
    }
    // A first start that was cut off before it acknowledged anything.
    for (const name of segments) await files.remove(join(journalFolder, name));
    const journal = createJournal(journalAt, undefined);
    await journal.rotate();
    await checkpoint.write({ journal: 1, nextOrder: 1, kinds: [], rows: [], kept: [] });
    await flushNames();
    return journal;
  }

  if (!saved) {
    const journal = await beginAnew();
    return { documents, outbox, journal, checkpoint, firstSegment: 1, damage, flushNames };
  }
  const firstSegment = saved.journal;
  for (const { order, text } of saved.rows) outbox.put(order, text);
  for (const line of saved.kept) replay(Buffer.from(line), firstSegment);
  const end = await replayJournal({ folder: journalFolder, files, from: firstSegment, warn: options.warn }, replay);
  return { documents, outbox, journal: createJournal(journalAt, end), checkpoint, firstSegment, damage, flushNames };
}
