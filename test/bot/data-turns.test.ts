import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ReplyPayload } from '../../src/bot/outbox-rows.ts';
import type { createTurns } from '../../src/bot/turn.ts';
import type { Delivery } from '../../src/bot/turns.ts';
import type { OutboxRow } from '../../src/store/port.ts';
import { type House, nodes, openHouse } from '../helpers/converse.ts';
import { friday } from '../helpers/world.ts';

let house: House;
let clock = friday;
beforeEach(async () => {
  clock = friday;
  house = await openHouse({ now: () => clock });
});
afterEach(() => house.close());

const minute = 60_000;
let made = 0;
const say = (text: string, delivery: Delivery) =>
  house.turns.receive(
    {
      ...{ type: 'message', id: `a-${++made}`, channelId: 'test', locale: 'en', text },
      from: { id: 'customer', name: '' },
      conversation: { id: 'c' } as never,
    },
    delivery,
  );
const keeper = () => house.turns as ReturnType<typeof createTurns>;
const rows = async (): Promise<OutboxRow[]> => Array.fromAsync(house.store.outbox());
const textOf = (row: OutboxRow) => (row.payload as unknown as ReplyPayload).activity.text ?? '';
const open = () => house.turns.open({ id: 'c', channel: 'test', user: 'customer' });

describe('who asks for their data', () => {
  test('fetches it as a file, within ten minutes, once', async () => {
    await open();
    expect(await keeper().takeExport('c'), 'not without asking').toBeUndefined();
    await say('zyxomma', { fetches: true });
    const shown = await say('Show me my data', { fetches: true });
    expect(nodes(shown)).toEqual(['null.data.shown', 'null.menu']);
    expect(shown.replies[0]!.activity.channelData).toMatchObject({ support: { export: true } });
    expect(JSON.stringify(await keeper().takeExport('c'))).toContain('zyxomma');
    expect(await keeper().takeExport('c')).toBeUndefined();
    await say('Show me my data', { fetches: true });
    clock += 10 * minute + 1;
    expect(await keeper().takeExport('c'), 'too late').toBeUndefined();
    expect(await keeper().takeExport('unknown')).toBeUndefined();
  });

  test('gets it in messages where none can be fetched: in order after the answer, and not stored once more', async () => {
    const sendTo = { sendTo: { serviceUrl: 'http://127.0.0.1:9' } };
    const word = 'zyxomma '.repeat(200).trim();
    for (let n = 0; n < 5; n++) await say(word, sendTo);
    await house.store.commit({ outbox: { remove: (await rows()).map(({ id }) => id) } });
    const shown = await say('Show me my data', sendTo);
    const lines = await house.store.lines('c', 0, 1000);
    const sent = (await rows()).filter(({ kind }) => kind === 'reply');
    expect(sent.every(({ target }) => target === 'reply:c')).toBe(true);
    const [answer, question, ...copies] = sent.map(textOf);
    expect(answer).toContain(`${copies.length} messages`);
    expect(question).toBe(shown.replies.at(-1)!.activity.text);
    expect(copies.length).toBeGreaterThan(1);
    const copy = JSON.parse(copies.join('')) as { transcript: { text: string }[] };
    expect(copy.transcript.filter(({ text }) => text === word)).toHaveLength(5);
    expect(lines.filter(({ value }) => JSON.stringify(value).includes('madeAt'))).toEqual([]);
    expect(shown.replies).toHaveLength(2);
  });

  test('gets it with the answer where the channel takes all replies so', async () => {
    await say('zyxomma', {});
    const { replies } = await say('Show me my data', {});
    const copy = replies.slice(2).map(({ activity }) => activity.text);
    expect(JSON.parse(copy.join(''))).toMatchObject({ transcript: [{ text: 'zyxomma' }, {}] });
  });
});
