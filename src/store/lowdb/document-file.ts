/**
 * The lowdb adapter of one document: a readable JSON file, replaced as a whole (new file, flushed, renamed over the old one),
 * with a checksum, so that a cut, emptied, foreign or rotten file is refused by its name instead of being taken for an empty one.
 */
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Adapter } from 'lowdb';
import { type Doc, type DocKey, StoreDamaged } from '../port.ts';
import type { Damage } from './damage.ts';
import type { FileLayer } from './file-layer.ts';

/** Values are kept as JSON text: made once for a commit, it is what the journal and the file hold. */
export interface DocumentData {
  key: string;
  /** 0 and no text: the document does not exist (its transcript may). */
  version: number;
  text: string | undefined;
  /** `seq` of the first of `lines`; those before it stand in pages. */
  first: number;
  lines: string[];
}

export const emptyDocument = (key: string): DocumentData => ({ key, version: 0, text: undefined, first: 1, lines: [] });

export const docOf = ({ key, version, text }: DocumentData): Doc => ({
  key: key as DocKey,
  version,
  value: text === undefined ? undefined : JSON.parse(text),
});

/**
 * Where a document's file is: named by a hash, because ids may be longer than a file name and differ only in their case,
 * in 256 folders a kind, because one level costs a megabyte and two cost more than the documents (measured: ADR 0002).
 */
export function documentPath(folder: string, key: string): string {
  const slash = key.indexOf('/');
  const name = createHash('sha256')
    .update(key.slice(slash + 1))
    .digest('hex')
    .slice(0, 32);
  return join(folder, key.slice(0, slash), name.slice(0, 2), `${name}.json`);
}

export const pagePath = (path: string, page: number) => path.replace(/\.json$/, `.${page}.json`);

const checksum = (text: string | Buffer) => crc32(text).toString(16).padStart(8, '0');

export function encodeDocument(data: DocumentData): Buffer {
  const head = `{"key":${JSON.stringify(data.key)},"version":${data.version},"first":${data.first},\n`;
  const body = `${head}"value":${data.text ?? 'null'},\n"lines":[\n${data.lines.join(',\n')}\n],"crc32":"`;
  return Buffer.from(`${body}${checksum(body)}${TAIL}`);
}

/** What follows the checksum, and so is not covered by it. */
const TAIL = '"}\n';

/** undefined: not a whole file of ours. */
export function decodeDocument(file: Buffer): DocumentData | undefined {
  const end = file.length - 8 - TAIL.length;
  if (end < 0 || file.toString('latin1', end) !== `${checksum(file.subarray(0, end))}${TAIL}`) return undefined;
  const [head = '', value = '', , ...lines] = file.toString().split('\n');
  // The two last parts are the line with the checksum and what follows its line break.
  const texts = lines.slice(0, -2).filter((line) => line !== '');
  const { key, version, first } = JSON.parse(`${head.slice(0, -1)}}`);
  const text = value.slice('"value":'.length, -1);
  return {
    key,
    version,
    text: text === 'null' ? undefined : text,
    first,
    lines: texts.map((line, at) => (at < texts.length - 1 ? line.slice(0, -1) : line)),
  };
}

export interface FileWriter {
  files: FileLayer;
  damage: Damage;
  /** A file of its own for each writing, on the same file system; cleared at each start. */
  temporary: () => string;
  /** Told of each folder in which a name has changed and is not flushed yet. */
  renamed: (folder: string) => void;
}

/** Writes a whole file under its name or not at all. */
export async function replaceFile({ files, damage, temporary, renamed }: FileWriter, path: string, data: Buffer) {
  const draft = temporary();
  const folder = dirname(path);
  const file = await files.open(draft, 'new', 'durable');
  try {
    try {
      await file.write(data, 0);
    } finally {
      await file.close();
    }
    // Folders are made when a rename finds none: looking each time would cost every file a trip.
    await files.rename(draft, path).catch(async () => {
      await files.makeFolder(folder);
      await files.rename(draft, path);
    });
  } catch (error) {
    // It may hold what a customer wrote. What cannot be removed now is removed at the next start.
    await files.remove(draft).catch(() => false);
    throw error;
  }
  damage.gone(path);
  renamed(folder);
}

const ADVICE =
  'Put this file back from a backup, or move it away to let its document begin anew; the others are not affected.';

/** @throws StoreDamaged naming the file. */
export function checkedDocument(path: string, key: string, file: Buffer, advice = ADVICE): DocumentData {
  const data = decodeDocument(file);
  if (data?.key === key) return data;
  const state =
    file.length === 0 ? 'is empty' : data ? 'belongs to another document' : 'is damaged or was changed by hand';
  throw new StoreDamaged(`${path} ${state}. ${advice}`);
}

export function documentAdapter(writer: FileWriter, path: string, key: string, advice?: string): Adapter<DocumentData> {
  return {
    async read() {
      const file = writer.files.readNow(path);
      return file ? checkedDocument(path, key, file, advice) : null;
    },
    // Composed before the first await: what is written is the document as it was at the call.
    write: (data) => replaceFile(writer, path, encodeDocument(data)),
  };
}
