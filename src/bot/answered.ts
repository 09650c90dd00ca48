/** What a conversation has answered lately: channels deliver again, and pages resend. */
import { hash } from 'node:crypto';

export interface Answered {
  /** The line of what came in; undefined when it left none. */
  seq: number | undefined;
  /** Its replies are the lines `from` to `to`. */
  from: number;
  to: number;
}

/** So many are remembered: whoever repeats does it within seconds, and nobody writes so much in that time. */
const most = 40;

/** The mark of a channel's id, 66 bits: ids are long, chosen by others, and every commit writes all that are remembered. */
export const markOf = (id: string): string => hash('sha256', id, 'base64url').slice(0, 11);

/**
 * The newest ones up to this one, which is left out when it has no id by which it could come again.
 * As they are stored: `seq from to mark mark`, `-` for no line.
 */
export function remembering(
  { seq, from, to }: Answered,
  marks: readonly string[],
  before: readonly string[],
): readonly string[] {
  if (marks.length === 0) return before;
  const text = [seq ?? '-', from, to, ...marks].join(' ');
  return [...before.slice(Math.max(0, before.length + 1 - most)), text];
}

/** Every mark that is remembered. */
export const marksIn = (answered: readonly string[]): string[] => answered.flatMap(marksOf);

const marksOf = (text: string) => text.split(' ').slice(3);

/** What was answered to one of these marks. */
export function answeredTo(marks: readonly string[], answered: readonly string[]): Answered | undefined {
  const text = answered.find((one) => marksOf(one).some((mark) => marks.includes(mark)));
  if (!text) return undefined;
  const [seq, from, to] = text.split(' ').map(Number);
  return { seq: seq || undefined, from: from!, to: to! };
}
