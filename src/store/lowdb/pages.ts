/**
 * Long transcripts: full pages leave the document's file for files of their own, written once and never again, so that
 * what is rewritten stays small however long the conversation is.
 */
import { basename, dirname } from 'node:path';
import { StoreDamaged } from '../port.ts';
import { checkedDocument, encodeDocument, type FileWriter, pagePath, replaceFile } from './document-file.ts';
import { type Entry, lastSeq, PAGE_LINES } from './entry.ts';

/** NaN: not a page's. */
const pageIn = (name: string) => Number(/\.(\d+)\.json$/.exec(name)?.[1]);

const ADVICE = 'Put this file back from a backup; other conversations are not affected.';

/** A page is written before it is cut off: between the two the lines stand in both places, and either is right. */
export async function cutPages(writer: FileWriter, entry: Entry): Promise<void> {
  const { data } = entry.low;
  const isLong = () => data.lines.length >= 2 * PAGE_LINES;
  if (!isLong()) return;
  while (isLong()) {
    const { first, lines } = data;
    const texts = lines.slice(0, PAGE_LINES);
    const page = { key: entry.key, version: 0, text: undefined, first, lines: texts };
    await replaceFile(writer, pagePath(entry.path, (first - 1) / PAGE_LINES), encodeDocument(page));
    if (data.lines !== lines) {
      // Wiped in the meantime: the page is a stray one now, and the next writing removes it.
      entry.strayPages = Math.max(entry.strayPages, (first - 1) / PAGE_LINES + 1);
      return;
    }
    lines.splice(0, PAGE_LINES);
    data.first += PAGE_LINES;
    for (const text of texts) entry.size -= text.length;
  }
  // Before the file that no longer has these lines is replaced: a power cut may keep either name without the other.
  await writer.files.flushFolder(dirname(entry.path));
}

/**
 * Removes what a wiped transcript left. Done before the file itself is replaced: until then that tells a start after a
 * crash how many pages there are.
 */
export async function removeStrayPages({ files, damage }: FileWriter, entry: Entry): Promise<void> {
  const { strayPages, path } = entry;
  if (strayPages === 0) return;
  const from = (entry.low.data.first - 1) / PAGE_LINES;
  const stray = new Set(Array.from({ length: strayPages }, (_, page) => page));
  // More than known may be there: written, but not cut off any more, or of a file that could not be read.
  const start = basename(path, 'json');
  for (const name of await files.list(dirname(path))) if (name.startsWith(start)) stray.add(pageIn(name));
  for (const page of stray) {
    if (!(page >= from)) continue;
    await files.remove(pagePath(path, page));
    damage.gone(pagePath(path, page));
  }
  await files.flushFolder(dirname(path));
  if (entry.strayPages === strayPages) entry.strayPages = 0;
}

async function readPage({ files, damage }: FileWriter, entry: Entry, page: number, wasWiped: () => boolean) {
  const path = pagePath(entry.path, page);
  async function read(): Promise<string[]> {
    const file = await files.read(path);
    if (wasWiped()) return [];
    if (!file) throw new StoreDamaged(`${path} is missing. ${ADVICE}`);
    const { first, lines } = checkedDocument(path, entry.key, file, ADVICE);
    if (first === page * PAGE_LINES + 1 && lines.length === PAGE_LINES) return lines;
    throw new StoreDamaged(`${path} holds another page. ${ADVICE}`);
  }
  return damage.watch(path, read());
}

/** From line `start` on; the entry must stay pinned. */
export async function readLines(writer: FileWriter, entry: Entry, start: number, limit: number): Promise<string[]> {
  const { data } = entry.low;
  const texts: string[] = [];
  for (let seq = start; seq <= lastSeq(data) && texts.length < limit; seq = start + texts.length) {
    const { first } = data;
    const isInPage = seq < first;
    const wasWiped = () => data.first < first;
    const from = isInPage ? await readPage(writer, entry, Math.floor((seq - 1) / PAGE_LINES), wasWiped) : data.lines;
    if (wasWiped()) return readLines(writer, entry, start, limit);
    const at = isInPage ? (seq - 1) % PAGE_LINES : seq - first;
    for (const text of from.slice(at, at + limit - texts.length)) texts.push(text);
  }
  return texts;
}
