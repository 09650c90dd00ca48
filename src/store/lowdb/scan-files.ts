/** Reads every document file of a kind, past the cache: a scan must not push out what the turns need. */
import { join } from 'node:path';
import { checkedDocument, type DocumentData, decodeDocument, documentPath } from './document-file.ts';
import type { FileLayer } from './file-layer.ts';

const DOCUMENT = /^[0-9a-f]{32}\.json$/;
const FILES_AT_ONCE = 8;

/** @throws StoreUnavailable naming a damaged file. */
export async function* scanFiles(
  files: FileLayer,
  folder: string,
  kind: string,
  except: Set<string>,
): AsyncIterable<DocumentData> {
  async function readDocument(path: string): Promise<DocumentData | undefined> {
    const file = await files.read(path);
    if (!file) return undefined;
    const key = decodeDocument(file)?.key;
    const isHere = key !== undefined && documentPath(folder, key) === path;
    return checkedDocument(path, isHere ? key : '', file);
  }

  for (const name of await files.list(join(folder, kind))) {
    const shelf = join(folder, kind, name);
    const paths = (await files.list(shelf)).filter((file) => DOCUMENT.test(file)).map((file) => join(shelf, file));
    const wanted = paths.filter((path) => !except.has(path));
    for (let at = 0; at < wanted.length; at += FILES_AT_ONCE) {
      const found = await Promise.all(wanted.slice(at, at + FILES_AT_ONCE).map(readDocument));
      for (const data of found) if (data) yield data;
    }
  }
}
