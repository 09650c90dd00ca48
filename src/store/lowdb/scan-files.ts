/** Goes through every document of a kind, or of all; files are read past the cache: a scan must not push out what the turns need. */
import { join } from 'node:path';
import type { Doc, DocKey, Store } from '../port.ts';
import { unlessDamaged } from '../unless-damaged.ts';
import {
  checkedDocument,
  type DocumentData,
  decodeDocument,
  docOf,
  documentPath,
  type FileWriter,
} from './document-file.ts';
import { type Entry, lastSeq } from './entry.ts';

const DOCUMENT = /^[0-9a-f]{32}\.json$/;
const FILES_AT_ONCE = 8;

/** @param damaged what is given instead of a document that cannot be read; or it throws on */
async function* scanFiles(
  { files, damage }: FileWriter,
  folder: string,
  kind: string,
  except: Set<string>,
  damaged: (error: unknown) => undefined,
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
      const found = await Promise.all(
        wanted.slice(at, at + FILES_AT_ONCE).map((path) => damage.watch(path, readDocument(path)).catch(damaged)),
      );
      for (const data of found) if (data) yield data;
    }
  }
}

export const kindOf = (key: DocKey): string => key.slice(0, key.indexOf('/'));

function refuse(error: unknown): never {
  throw error;
}

export function createScans({
  writer,
  folder,
  changed,
  load,
}: {
  writer: FileWriter;
  folder: string;
  /** Documents with changes that their files do not have. */
  changed(): DocKey[];
  load(key: DocKey): Entry | Promise<Entry>;
}): Pick<Store, 'scan' | 'contents'> {
  async function* everyOf(kind: string, damaged: (error: unknown) => undefined): AsyncIterable<DocumentData> {
    const seen = new Set<string>();
    for (const key of changed().filter((key) => kindOf(key) === kind)) {
      seen.add(documentPath(folder, key));
      const entry = await Promise.resolve(load(key)).catch(damaged);
      if (entry) yield entry.low.data;
    }
    yield* scanFiles(writer, folder, kind, seen, damaged);
  }

  async function* scan(kind: string): AsyncIterable<Doc> {
    for await (const data of everyOf(kind, unlessDamaged(undefined))) if (data.version > 0) yield docOf(data);
  }

  async function* contents(): AsyncIterable<{ doc: Doc; lines: number }> {
    const all = new Set([...(await writer.files.list(folder)), ...changed().map(kindOf)]);
    for (const kind of all) {
      for await (const data of everyOf(kind, refuse)) {
        const lines = lastSeq(data);
        if (data.version > 0 || lines > 0) yield { doc: docOf(data), lines };
      }
    }
  }

  return { scan, contents };
}
