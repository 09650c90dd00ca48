import { setTimeout as rest } from 'node:timers/promises';
import type { Doc } from '../store/port.ts';

/** After so many documents others have their turn: without the rest, turns of the customers took up to three times as long. */
const atOnce = 25;

/** For work that looks at every document and is in no hurry. */
export async function* gently(docs: AsyncIterable<Doc>, restMs = 2): AsyncIterable<Doc> {
  let seen = 0;
  for await (const doc of docs) {
    yield doc;
    if (++seen % atOnce === 0) await rest(restMs);
  }
}
