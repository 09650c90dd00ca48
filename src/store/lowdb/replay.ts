/** Reading the journal at start: what is torn is cut and said, what is damaged is refused by name. */
import { join } from 'node:path';
import { StoreUnavailable } from '../port.ts';
import type { FileLayer } from './file-layer.ts';
import { type FrameRun, HEAD, readFrames } from './frames.ts';
import { type JournalEnd, type SegmentHead, saysNext, segmentName } from './journal.ts';
import { splitOps } from './ops.ts';

const RESTORE = 'Put the data folder back from a backup; nothing was changed in it.';

interface Segment {
  path: string;
  head: SegmentHead;
  run: FrameRun;
  bytes: number;
}

function headOf(run: FrameRun): SegmentHead | undefined {
  try {
    const head = JSON.parse(run.payloads[0]?.toString() ?? '');
    return head.format === 1 ? head : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Applies every sound operation from segment `from` on, oldest first.
 * @throws StoreUnavailable naming file and byte.
 */
export async function replayJournal(
  options: { folder: string; files: FileLayer; from: number; warn: (message: string) => void },
  apply: (line: Buffer, segment: number) => void,
): Promise<JournalEnd> {
  const { folder, files, from, warn } = options;
  const numbers = (await files.list(folder))
    .filter((name) => /^\d{10}\.journal$/.test(name))
    .map((name) => Number.parseInt(name, 10))
    .sort((a, b) => a - b);
  // Left over from a compaction that was cut off between its checkpoint and its clearing up.
  for (const old of numbers.filter((number) => number < from)) await files.remove(join(folder, segmentName(old)));
  const present = numbers.filter((number) => number >= from);
  const last = present.at(-1) ?? from;

  async function open(number: number): Promise<Segment> {
    const path = join(folder, segmentName(number));
    const file = await files.read(path);
    if (!file) throw new StoreUnavailable(`${path} is missing. ${RESTORE}`);
    const run = readFrames(file);
    const head = headOf(run);
    if (!head || head.segment !== number) {
      throw new StoreUnavailable(`${path} is empty, damaged at byte 0, or not a journal of this program. ${RESTORE}`);
    }
    if (file.length < head.size) {
      throw new StoreUnavailable(`${path} was cut short: ${file.length} of ${head.size} bytes are left. ${RESTORE}`);
    }
    return { path, head, run, bytes: file.length };
  }

  const sizes: number[] = [];
  function applyAll(payload: Buffer, path: string, number: number) {
    try {
      for (const line of splitOps(payload)) apply(line, number);
    } catch (error) {
      throw new StoreUnavailable(`${path}: ${error instanceof Error ? error.message : error}`);
    }
  }

  let segment = await open(from);
  for (let number = from; ; number++) {
    const { path, run } = segment;
    const isFollowed = number < last || run.payloads.slice(-1).some(saysNext);
    const next = isFollowed ? await open(number + 1) : undefined;
    sizes.push(segment.bytes);
    const end = next?.head.previousEnd;
    const until = end ?? run.end;
    if (run.end < until || (!next && run.after === 'sound')) {
      throw new StoreUnavailable(`${path} is damaged at byte ${run.end}: sound records follow it. ${RESTORE}`);
    }
    if (!next && run.after === 'torn') {
      warn(
        `${path}: an unfinished record at byte ${run.end} was left out (power or process lost while it was written)`,
      );
    }
    let at = 0;
    for (const [frame, payload] of run.payloads.entries()) {
      // A record behind the end that the next segment names was refused to its caller.
      if (at >= until) break;
      if (frame > 0) applyAll(payload, path, number);
      at += HEAD + payload.length;
    }
    if (!next) {
      const soiled = run.after === 'torn';
      return { segment: number, end: until, frames: run.payloads.length, soiled, first: from, sizes };
    }
    segment = next;
  }
}
