/** What one conversation was promised: messages that were acknowledged, and the lines that were shown, reading by reading. */
import type { ShownActivity } from '../../test/helpers/direct-line-client.ts';
import type { Problems } from './problems.ts';

export interface Ledger {
  id: string;
  /** Of each message that was answered with 2xx, in order: the client's own id for it, and the bot's. */
  said: { key: string; id: string }[];
  /** Takes what comes after `from`; each line must be the next one, and be what it was whenever it was read before. */
  read(from: number): (activity: ShownActivity) => void;
  /** How many lines were ever shown. */
  length(): number;
}

export const lineOf = (id: string) => Number(id.slice(id.lastIndexOf('|') + 1));

export function createLedger(id: string, problems: Problems): Ledger {
  const shown: number[] = [];
  return {
    id,
    said: [],
    read(from) {
      let last = from;
      return (activity) => {
        const line = lineOf(activity.id);
        if (line !== last + 1) problems.add('a line came twice, was left out or came out of order', { id, last, line });
        last = line;
        const print = printOf(activity);
        if (shown[line - 1] !== undefined && shown[line - 1] !== print) problems.add('a line changed', { id, line });
        shown[line - 1] = print;
      };
    },
    length: () => shown.length,
  };
}

/** FNV-1a over what a customer sees: ten thousands of lines are kept in mind. */
function printOf({ from, text = '', channelData }: ShownActivity): number {
  let hash = 0x811c9dc5;
  for (const sign of `${from.id} ${text} ${JSON.stringify(channelData)}`) {
    hash = Math.imul(hash ^ sign.codePointAt(0)!, 0x01000193);
  }
  return hash;
}
