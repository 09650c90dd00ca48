/**
 * What a commit did, one operation a line, each saying the state *after* it: replaying a line twice changes nothing.
 * JSON.stringify writes no line breaks, so the texts that were made for a commit are the journal's and the files' text too.
 */
import type { DocKey } from '../port.ts';

export type Op =
  | { op: 'doc'; key: DocKey; version: number; text: string }
  | { op: 'undoc'; key: DocKey }
  | { op: 'line'; conversation: string; seq: number; text: string }
  | { op: 'wipe'; conversation: string }
  | { op: 'row'; order: number; text: string }
  | { op: 'unrow'; id: string };

export function encodeOp(op: Op): string {
  switch (op.op) {
    case 'doc':
      return `d ${op.key} ${op.version} ${op.text}\n`;
    case 'undoc':
      return `x ${op.key}\n`;
    case 'line':
      return `l ${op.conversation} ${op.seq} ${op.text}\n`;
    case 'wipe':
      return `w ${op.conversation}\n`;
    case 'row':
      return `o ${op.order} ${op.text}\n`;
    case 'unrow':
      return `r ${JSON.stringify(op.id)}\n`;
  }
}

/** Splits off `count` words; the last part is the rest of the line. */
function words(line: string, count: number): string[] {
  const parts: string[] = [];
  let from = 2;
  for (; count > 0; count--) {
    const space = line.indexOf(' ', from);
    parts.push(line.slice(from, space));
    from = space + 1;
  }
  parts.push(line.slice(from));
  return parts;
}

/** @throws Error for a line of a kind that this version does not know. */
export function decodeOp(line: string): Op {
  switch (line[0]) {
    case 'd': {
      const [key, version, text] = words(line, 2);
      return { op: 'doc', key: key as DocKey, version: Number(version), text: text! };
    }
    case 'x':
      return { op: 'undoc', key: line.slice(2) as DocKey };
    case 'l': {
      const [conversation, seq, text] = words(line, 2);
      return { op: 'line', conversation: conversation!, seq: Number(seq), text: text! };
    }
    case 'w':
      return { op: 'wipe', conversation: line.slice(2) };
    case 'o': {
      const [order, text] = words(line, 1);
      return { op: 'row', order: Number(order), text: text! };
    }
    case 'r':
      return { op: 'unrow', id: JSON.parse(line.slice(2)) };
    default:
      throw new Error(`unknown operation "${line[0]}" (written by a newer version of this program?)`);
  }
}

/** The encoded operations of a record, without their line breaks. */
export function* splitOps(payload: Buffer): Iterable<Buffer> {
  for (let at = 0; at < payload.length; ) {
    const end = payload.indexOf(10, at);
    yield payload.subarray(at, end);
    at = end + 1;
  }
}

/** Key or conversation of an encoded operation: its first word. */
export function subjectOf(line: Buffer): string {
  const space = line.indexOf(32, 2);
  return line.toString('latin1', 2, space === -1 ? line.length : space);
}
