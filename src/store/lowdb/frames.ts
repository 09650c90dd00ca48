/**
 * Frames of the journal: one batch of commits each, so that at most the last one can be torn.
 * `FF 'C' 'J' 01` | payload length u32 | number u32 | crc32 of the eight bytes before and the payload u32 | payload (UTF-8).
 * 0xFF never occurs in UTF-8: the mark cannot be found inside a payload.
 */
import { crc32 } from 'node:zlib';

const MARK = Buffer.from([0xff, 0x43, 0x4a, 0x01]);
export const HEAD = 16;

const checksum = (frame: Buffer, payload: Buffer) => crc32(payload, crc32(frame.subarray(4, 12)));

/** `number` counts the frames of a segment from 0, so that a lost or doubled one is seen. */
export function encodeFrame(payload: string, number: number): Buffer {
  const length = Buffer.byteLength(payload);
  const frame = Buffer.allocUnsafe(HEAD + length);
  MARK.copy(frame);
  frame.writeUInt32LE(length, 4);
  frame.writeUInt32LE(number, 8);
  frame.write(payload, HEAD);
  frame.writeUInt32LE(checksum(frame, frame.subarray(HEAD)), 12);
  return frame;
}

/** The payload of a sound frame at `at`, else undefined. */
function soundAt(file: Buffer, at: number): { payload: Buffer; number: number } | undefined {
  if (at + HEAD > file.length || file.compare(MARK, 0, 4, at, at + 4) !== 0) return undefined;
  const end = at + HEAD + file.readUInt32LE(at + 4);
  if (end > file.length) return undefined;
  const head = file.subarray(at, at + HEAD);
  const payload = file.subarray(at + HEAD, end);
  if (checksum(head, payload) !== head.readUInt32LE(12)) return undefined;
  return { payload, number: head.readUInt32LE(8) };
}

export interface FrameRun {
  payloads: Buffer[];
  /** Where the sound frames end. */
  end: number;
  /** What follows: nothing but zeros, a beginning that was never finished, or a sound frame (so the part before it is damaged). */
  after: 'zeros' | 'torn' | 'sound';
}

export function readFrames(file: Buffer): FrameRun {
  const payloads: Buffer[] = [];
  let end = 0;
  for (let frame = soundAt(file, 0); frame && frame.number === payloads.length; frame = soundAt(file, end)) {
    payloads.push(frame.payload);
    end += HEAD + frame.payload.length;
  }
  let after: FrameRun['after'] = 'zeros';
  for (let at = file.indexOf(MARK, end); at !== -1; at = file.indexOf(MARK, at + 1)) {
    if (soundAt(file, at)) return { payloads, end, after: 'sound' };
    after = 'torn';
  }
  if (after === 'zeros' && !isZero(file.subarray(end))) after = 'torn';
  return { payloads, end, after };
}

const ZEROS = Buffer.alloc(1 << 16);

function isZero(bytes: Buffer): boolean {
  for (let at = 0; at < bytes.length; at += ZEROS.length) {
    const part = bytes.subarray(at, at + ZEROS.length);
    if (part.compare(ZEROS, 0, part.length) !== 0) return false;
  }
  return true;
}
