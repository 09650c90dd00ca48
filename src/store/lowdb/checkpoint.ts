/** `store.json`: the lowdb document that says where the journal begins, and holds what stands in no other file: the outbox. */
import { join } from 'node:path';
import { Low } from 'lowdb';
import { StoreUnavailable } from '../port.ts';
import { documentAdapter, emptyDocument, type FileWriter } from './document-file.ts';

const KEY = 'store';
const FORMAT = 1;

export interface Checkpoint {
  /** First journal segment that is needed. */
  journal: number;
  /** Never handed out before, though the rows that had lower ones may be gone. */
  nextOrder: number;
  rows: { order: number; text: string }[];
  /** Folders of documents that were there; undefined: written by a version that did not note them. */
  kinds: string[] | undefined;
  /** Journal lines about documents whose files are damaged: kept until somebody mends them. */
  kept: string[];
}

export interface CheckpointFile {
  /** undefined: there is none. @throws StoreUnavailable naming the file. */
  read(): Promise<Checkpoint | undefined>;
  /** Durable after the folder is flushed. */
  write(checkpoint: Checkpoint): Promise<void>;
}

export function createCheckpointFile(folder: string, writer: FileWriter): CheckpointFile {
  const path = join(folder, 'store.json');
  const advice = 'Put the data folder back from a backup; nothing was changed in it.';
  const low = new Low(documentAdapter(writer, path, KEY, advice), emptyDocument(KEY));
  return {
    async read() {
      await low.read();
      const { text, lines } = low.data;
      if (text === undefined) return undefined;
      const { format, journal, nextOrder, kinds } = JSON.parse(text);
      if (format !== FORMAT) {
        throw new StoreUnavailable(`${path} was written by a newer version of this program: start that version`);
      }
      const rows: Checkpoint['rows'] = [];
      const kept: string[] = [];
      for (const line of lines) {
        const comma = line.indexOf(',');
        if (line.startsWith('[')) rows.push({ order: Number(line.slice(1, comma)), text: line.slice(comma + 1, -1) });
        else kept.push(JSON.parse(line));
      }
      return { journal, nextOrder, kinds, rows, kept };
    },
    async write({ journal, nextOrder, kinds, rows, kept }) {
      const lines = rows.map(({ order, text }) => `[${order},${text}]`);
      lines.push(...kept.map((line) => JSON.stringify(line)));
      low.data = {
        key: KEY,
        version: 1,
        text: JSON.stringify({ format: FORMAT, journal, nextOrder, kinds }),
        first: 1,
        lines,
      };
      await low.write();
    },
  };
}
