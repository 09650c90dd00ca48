/**
 * The write-ahead journal: numbered segments of fixed size, written through to the disk batch by batch.
 *
 * Segments are filled with zeros before use: an append then changes no file size (the flush is cheaper), a full disk shows
 * when a segment is made and not in mid-batch, and a file that was cut short is told from a batch that was torn by a power cut.
 * Each segment begins with a frame that says where the one before it ended; what stands behind that end was never acknowledged.
 * There, a note says that another segment follows: one that is lost is told from one that was never made.
 */
import { join } from 'node:path';
import { StoreUnavailable } from '../port.ts';
import type { FileLayer, OpenFile } from './file-layer.ts';
import { encodeFrame, HEAD } from './frames.ts';

export interface SegmentHead {
  format: 1;
  segment: number;
  /** Bytes of the file. */
  size: number;
  /** End of the sound frames of the segment before this one; absent on the first of a store. */
  previousEnd?: number;
}

/** Where writing goes on after a replay. */
export interface JournalEnd {
  segment: number;
  /** Byte where the next frame goes. */
  end: number;
  /** Frames in the segment. */
  frames: number;
  /** Something unfinished stands behind `end`: go on in a new segment. */
  soiled: boolean;
  /** First segment that is still there. */
  first: number;
  /** Bytes of each from the first on. */
  sizes: number[];
}

export interface Journal {
  /** Returns when the operations are on the disk. One at a time. @throws StoreUnavailable: they will not be replayed. */
  append(ops: string): Promise<void>;
  /** Goes on in a new segment, so that all before it can be removed. Never beside an append. */
  rotate(): Promise<void>;
  /** The segment being written. */
  segment(): number;
  /** How many bytes the segments take. */
  bytes(): number;
  /** Removes the segments before this one, for good when it returns. */
  removeBefore(segment: number): Promise<void>;
  close(): Promise<void>;
}

export const segmentName = (segment: number) => `${String(segment).padStart(10, '0')}.journal`;

const NOTE = '{"next":';
/** Kept free for the note. */
const NOTE_BYTES = 64;
/** Whether the last record of a segment says that another one follows. Operations never begin with a brace. */
export const saysNext = (payload: Buffer): boolean => payload.toString('latin1', 0, NOTE.length) === NOTE;

const ZEROS = Buffer.alloc(1 << 20);

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

export function createJournal(
  options: { folder: string; spareFolder: string; files: FileLayer; segmentBytes: number },
  from: JournalEnd | undefined,
): Journal {
  const { folder, files, segmentBytes } = options;
  const begin = from ?? { segment: 0, end: 0, frames: 0, soiled: true, first: 1, sizes: [] };
  let { segment, end, frames, soiled, first } = begin;
  const sizes = new Map(begin.sizes.map((size, at) => [first + at, size]));
  let size = sizes.get(segment) ?? 0;
  let file: OpenFile | undefined;
  let spare: Promise<{ path: string; size: number } | undefined> | undefined;
  let spares = 0;

  async function makeSpare(bytes: number) {
    const path = join(options.spareFolder, `segment-${spares++}`);
    const zeros = await files.open(path, 'new', 'durable');
    try {
      for (let at = 0; at < bytes; at += ZEROS.length) await zeros.write(ZEROS.subarray(0, bytes - at), at);
    } catch (error) {
      // Leave no half a segment on a full disk; if even that fails, the next start clears the folder.
      await files.remove(path).catch(() => false);
      throw error;
    } finally {
      await zeros.close();
    }
    return { path, size: bytes };
  }

  /** The file carries its head before it gets its name: a segment without a sound head is a damaged one. */
  async function startSegment(room: number) {
    // From here on nothing may be added behind the end that the new head names, even if this fails half-way.
    soiled = true;
    const ready = await spare;
    spare = undefined;
    const made = ready && ready.size >= room ? ready : await makeSpare(Math.max(segmentBytes, room));
    const head: SegmentHead = { format: 1, segment: segment + 1, size: made.size };
    if (segment > 0) head.previousEnd = end;
    const frame = encodeFrame(`${JSON.stringify(head)}\n`, 0);
    let next: OpenFile | undefined;
    try {
      next = await files.open(made.path, 'old', 'durable');
      await next.write(frame, 0);
      await files.rename(made.path, join(folder, segmentName(segment + 1)));
      await files.flushFolder(folder);
    } catch (error) {
      await next?.close().catch(() => undefined);
      // Each further try makes its own, and the disk may be full.
      await files.remove(made.path).catch(() => false);
      throw error;
    }
    if (segment > 0) await leave();
    file = next;
    segment++;
    end = frame.length;
    frames = 1;
    size = made.size;
    sizes.set(segment, size);
    soiled = false;
    // A spare that cannot be made is no fault yet: the next segment will try again and say so.
    spare = makeSpare(segmentBytes).catch(() => undefined);
  }

  /** The segment that was written so far is over. A disk that fails here takes the note away, and nothing else. */
  async function leave() {
    try {
      file ??= await files.open(join(folder, segmentName(segment)), 'old', 'durable');
      await file.write(encodeFrame(`${NOTE}${segment + 1}}\n`, frames), end);
    } catch {
      // Its operations are on the disk already, and the next segment is there to be found.
    }
    await file?.close().catch(() => undefined);
  }

  /** @throws StoreUnavailable for whatever the disk says; its messages name paths, never contents. */
  async function guarded(work: () => Promise<void>) {
    try {
      await work();
    } catch (error) {
      throw new StoreUnavailable(`cannot write the journal in ${folder}: ${reasonOf(error)}`);
    }
  }

  async function append(ops: string) {
    const length = HEAD + Buffer.byteLength(ops);
    if (soiled || end + length + NOTE_BYTES > size) await startSegment(length + 256);
    file ??= await files.open(join(folder, segmentName(segment)), 'old', 'durable');
    const frame = encodeFrame(ops, frames);
    try {
      await file.write(frame, end);
    } catch (error) {
      soiled = true;
      // The caller is told that nothing was stored: take the frame's mark away, lest a replay finds it whole.
      await file.write(Buffer.alloc(HEAD), end).catch(() => undefined);
      throw error;
    }
    end += frame.length;
    frames++;
  }

  return {
    append: (ops) => guarded(() => append(ops)),
    rotate: () => guarded(() => startSegment(0)),
    segment: () => segment,
    bytes: () => [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0) - (size - end),
    async removeBefore(until) {
      let removed = false;
      for (; first < until; first++) {
        await files.remove(join(folder, segmentName(first)));
        sizes.delete(first);
        removed = true;
      }
      if (removed) await files.flushFolder(folder);
    },
    async close() {
      const unused = await spare;
      if (unused) await files.remove(unused.path).catch(() => false);
      await file?.close();
    },
  };
}
