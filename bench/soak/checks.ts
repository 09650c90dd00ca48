/** After the traffic, as customers see it: whether every message that was acknowledged is there, once and in order. */
import { directLineClient } from '../../test/helpers/direct-line-client.ts';
import type { Ask } from './ask.ts';
import type { House } from './house.ts';
import { type Ledger, lineOf } from './ledger.ts';
import type { Page } from './page.ts';
import type { Problems } from './problems.ts';
import { secrets } from './talks.ts';

interface Tools {
  house: House;
  problems: Problems;
  ask: Ask;
}

const atOnce = 8;

/** Reads every conversation from its first line, as a page does that was opened anew. @returns how many lines there are */
export async function checkPages({ house, problems, ask }: Tools, pages: Iterable<Page>): Promise<number> {
  const left = [...pages];
  let lines = 0;
  const reader = async () => {
    for (let page = left.pop(); page; page = left.pop()) {
      const { ledger, address } = page;
      const client = directLineClient(house.url, { always: { 'x-forwarded-for': address } });
      await page.renew();
      const take = ledger.read(0);
      const shown = ledger.length();
      let count = 0;
      const found: { key: string; id: string }[] = [];
      for (let watermark = ''; ; ) {
        const { body } = await ask('the whole talk', () => client.poll(ledger.id, page.token(), watermark));
        if (!body.activities?.length) break;
        for (const activity of body.activities) {
          take(activity);
          count += 1;
          const key = activity.channelData?.clientActivityID;
          if (key) found.push({ key, id: activity.id });
          const secret = secrets.find((one) => activity.text?.includes(one));
          if (secret) problems.add('a secret was stored', ledger.id);
        }
        watermark = body.watermark ?? '';
      }
      lines += count;
      if (count < shown) problems.add('LINES ARE LOST that were shown', { id: ledger.id, shown, count });
      compare(problems, ledger, found);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, reader));
  return lines;
}

function compare(problems: Problems, { id, said }: Ledger, found: Ledger['said']): void {
  const counts = new Map<string, number>();
  for (const { key } of found) counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const { key } of said) {
    if (!counts.has(key)) problems.add('AN ACKNOWLEDGED MESSAGE IS LOST', { id, key });
    else if (counts.get(key) !== 1) problems.add('an acknowledged message is there more than once', { id, key });
  }
  if (found.length !== said.length)
    problems.add('a message is there that was not acknowledged', { id, found: found.length, said: said.length });
  const lines = found.map((one) => lineOf(one.id));
  if (said.some(({ id: line }, at) => lineOf(line) !== lines[at])) problems.add('messages are in another order', id);
}
