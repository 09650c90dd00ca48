import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type Counts, commitOf, createTally, HEAD, type StoreRecord, sameCounts, type Tally } from './records.ts';

/** Split at line feeds only: what customers write may hold the other line breaks of Unicode. */
async function* splitLines(path: string): AsyncIterable<string> {
  let rest: Buffer[] = [];
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      rest.push(chunk.subarray(from, end));
      yield Buffer.concat(rest).toString();
      rest = [];
      from = end + 1;
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
  }
  if (rest.length > 0) throw new Error(`${path} ends in the middle of a line: it is not the whole export`);
}

/**
 * The records of an export, each looked at. Only when the last one has come is it known that the file is whole, so read it
 * to its end before the first record is used.
 * @throws Error naming the line, when the file is not a whole export
 */
export async function* readRecords(path: string): AsyncIterable<{ record: StoreRecord; text: string }> {
  const hash = createHash('sha256');
  const { add, counts }: Tally = createTally();
  const isNext = createOrder();
  let nr = 0;
  let isWhole = false;
  const refuse = (what: string) => new Error(`${path}, line ${nr}: ${what}. Nothing was imported.`);

  for await (const text of splitLines(path)) {
    nr += 1;
    if (isWhole) throw refuse('something follows the end of the export');
    const value = parse(text);
    if (nr === 1) {
      const head = (value ?? {}) as Partial<typeof HEAD>;
      if (head.format !== HEAD.format) throw refuse('this is not an export of this program');
      if (head.version !== HEAD.version) throw refuse('it was exported by another version: use that one');
    } else if (value && 'end' in value) {
      const { end, sha256 } = value as { end: Counts; sha256: string };
      if (sha256 !== hash.digest('hex')) throw refuse('the checksum is another one: the file was changed or damaged');
      if (!sameCounts(end, counts)) throw refuse('there are more or fewer records than at the export');
      isWhole = true;
    } else {
      const record = value as StoreRecord | undefined;
      if (!record || !isRecord(record)) throw refuse('this is not a record of an export');
      if (!isNext(record)) throw refuse('a line or a row is missing before it');
      add(record, text);
      yield { record, text };
    }
    if (!isWhole) hash.update(`${text}\n`);
  }
  if (!isWhole) throw refuse('the end is missing: it is not the whole export');
}

function parse(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(record: StoreRecord): boolean {
  try {
    commitOf(record);
    return true;
  } catch {
    return false;
  }
}

/** Lines of a conversation stand together, from 1 and without gaps; so do the rows. */
function createOrder(): (record: StoreRecord) => boolean {
  let conversation: string | undefined;
  let seq = 0;
  let row = 0;
  return (record) => {
    if ('doc' in record) return true;
    if ('row' in record) return record.nr === ++row;
    seq = record.line === conversation ? seq + 1 : 1;
    conversation = record.line;
    return record.seq === seq;
  };
}
