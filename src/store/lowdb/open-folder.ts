/** Start: what the folder holds is brought together, or refused by name. */
import { join } from 'node:path';
import { StoreUnavailable } from '../port.ts';
import { type CheckpointFile, createCheckpointFile } from './checkpoint.ts';
import type { FileWriter } from './document-file.ts';
import { createDocuments, type Documents } from './documents.ts';
import type { FileLayer } from './file-layer.ts';
import { readFrames } from './frames.ts';
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
  for (const path of [journalFolder, documentsFolder, spareFolder]) await files.makeFolder(path);
  for (const name of await files.list(spareFolder)) await files.remove(join(spareFolder, name));

  const changed = new Set<string>();
  let drafts = 0;
  const writer: FileWriter = {
    files,
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
  const documents = createDocuments(documentsFolder, writer, options.cacheSize);
  const saved = await checkpoint.read();
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

  async function beginAnew() {
    const segments = await files.list(journalFolder);
    const used = (await Promise.all(segments.map((name) => files.read(join(journalFolder, name))))).some(
      (file) => file && readFrames(file).end !== 0 && readFrames(file).payloads.length > 1,
    );
    if (used || (await files.list(documentsFolder)).length > 0) {
      throw new StoreUnavailable(
        `${join(folder, 'store.json')} is missing though ${folder} holds data: put it back from a backup, or choose an empty folder`,
      );
    }
    // A first start that was cut off before it acknowledged anything.
    for (const name of segments) await files.remove(join(journalFolder, name));
    const journal = createJournal(journalAt, undefined);
    await journal.rotate();
    await checkpoint.write({ journal: 1, nextOrder: 1, rows: [], kept: [] });
    await flushNames();
    return journal;
  }

  if (!saved) {
    const journal = await beginAnew();
    return { documents, outbox, journal, checkpoint, firstSegment: 1, flushNames };
  }
  const firstSegment = saved.journal;
  for (const { order, text } of saved.rows) outbox.put(order, text);
  for (const line of saved.kept) replay(Buffer.from(line), firstSegment);
  const end = await replayJournal({ folder: journalFolder, files, from: firstSegment, warn: options.warn }, replay);
  return { documents, outbox, journal: createJournal(journalAt, end), checkpoint, firstSegment, flushNames };
}
