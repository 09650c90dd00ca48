import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { removeOldMails } from '../../src/ops/old-mails.ts';
import { eraseOlderThan } from '../../src/ops/retention.ts';
import type { DocKey, Json, OutboxRow } from '../../src/store/port.ts';
import { type House, openHouse } from '../helpers/converse.ts';
import { friday } from '../helpers/world.ts';

const day = 24 * 3600_000;
const request = ['Talk to a human', '10', 'words', 'Photo Ltd', 'me@example.com', 'By e-mail', 'Yes, pass it on'];

let clock = friday;
let house: House;
beforeEach(async () => {
  clock = friday;
  house = await openHouse({ now: () => clock });
});
afterEach(() => house.close());

const keep90 = () => eraseOlderThan(clock - 90 * day, house.store);
const kept = async (kind: string) => (await Array.fromAsync(house.store.scan(kind))).map(({ key }) => key).sort();
const put = (key: DocKey, value: Json) => house.store.commit({ docs: [{ key, version: 0, value }] });
const row = (id: string, more: Partial<OutboxRow>): OutboxRow => ({
  ...{ id, target: id, kind: 'mail', payload: {}, dueAt: friday, attempts: 1, state: 'waiting' },
  ...more,
});

async function openTicket(conversation: string): Promise<void> {
  for (const text of request) await house.say(conversation, text);
}

describe('what is older than the days configured', () => {
  test('goes: conversation, transcript, ticket, unknown phrases; what is younger stays', async () => {
    await openTicket('old');
    await house.say('old', 'menu');
    await house.say('old', 'qwertz uiop asdf');
    expect((await kept('unknown')).length).toBe(1);
    clock += 60 * day;
    await house.say('young', 'hello');
    clock += 29 * day;
    expect(await keep90()).toMatchObject({ conversations: 0, tickets: 0, unknown: 0, outboxRows: 0, undated: 0 });
    clock += 2 * day;
    expect(await keep90()).toEqual({ conversations: 1, tickets: 1, unknown: 1, outboxRows: 0, undated: 0 });
    await house.restart();
    expect(await kept('conversation')).toEqual(['conversation/young']);
    expect(await kept('ticket')).toEqual([]);
    expect(await kept('unknown')).toEqual([]);
    expect(await house.store.lines('old', 0, 10)).toEqual([]);
    expect((await house.store.lines('young', 0, 10)).length).toBeGreaterThan(1);
  });

  test('the customer who comes back afterwards begins anew, without an error', async () => {
    await house.say('old', '1');
    clock += 91 * day;
    await keep90();
    const { replies } = await house.say('old', 'hello');
    expect(replies.length).toBeGreaterThan(0);
    expect((await house.store.lines('old', 0, 10))[0]).toMatchObject({ seq: 1, value: { text: 'hello' } });
  });

  test('an open ticket lives as long as its conversation, a conversation at least as long as its tickets', async () => {
    const dated = (at: number, status: string, conversation: string) => ({
      conversation,
      status,
      request: { openedAt: friday },
      log: [{ at, by: 'agent', what: 'note' }],
    });
    await house.say('talks', 'hello');
    await house.say('silent', 'hello');
    await put('ticket/OPEN', dated(friday, 'waiting', 'talks'));
    await put('ticket/CLOSED', dated(friday, 'closed', 'talks'));
    await put('ticket/NOTED', dated(friday + 80 * day, 'claimed', 'silent'));
    clock += 50 * day;
    await house.say('talks', 'hello');
    clock += 50 * day;
    expect(await keep90()).toMatchObject({ tickets: 1, conversations: 0 });
    expect(await kept('ticket')).toEqual(['ticket/NOTED', 'ticket/OPEN']);
    clock += 80 * day;
    expect(await keep90()).toMatchObject({ tickets: 2, conversations: 2 });
  });

  test('parked and uncertain rows go, promised ones stay; a reply to an erased conversation goes with it', async () => {
    await house.say('old', 'hello');
    await house.store.commit({
      outbox: {
        add: [
          row('waits', {}),
          row('parked', { state: 'parked' }),
          row('uncertain', { state: 'uncertain' }),
          row('parked-lately', { state: 'parked', dueAt: friday + 80 * day }),
          row('reply:old:1', { target: 'reply:old', kind: 'reply' }),
        ],
      },
    });
    clock += 91 * day;
    expect(await keep90()).toMatchObject({ outboxRows: 3, conversations: 1 });
    const rows = await Array.fromAsync(house.store.outbox());
    expect(rows.map(({ id }) => id)).toEqual(['waits', 'parked-lately']);
  });

  test('what changes between the look and the erasing stays', async () => {
    await house.say('old', 'hello');
    clock += 91 * day;
    const { store } = house;
    const comesBack = {
      scan: (kind: string) => store.scan(kind),
      outbox: () => store.outbox(),
      erase: (what: Parameters<typeof store.erase>[0]) => store.erase(what),
      async read(keys: DocKey[]) {
        await house.say('old', 'I am back');
        return store.read(keys);
      },
    };
    expect(await eraseOlderThan(clock - 90 * day, comesBack)).toMatchObject({ conversations: 0 });
    expect((await store.lines('old', 0, 10)).length).toBeGreaterThan(2);
  });

  test('a document without a date is kept and counted; other kinds are not looked at', async () => {
    await put('ticket/STRANGE', { status: 'closed' });
    await put('desk/place', { at: 0 });
    clock += 1000 * day;
    expect(await keep90()).toEqual({ conversations: 0, tickets: 0, unknown: 0, outboxRows: 0, undated: 1 });
    expect(await kept('desk')).toEqual(['desk/place']);
  });

  test('more than one batch', async () => {
    const docs = Array.from({ length: 1203 }, (_, i) => ({
      key: `unknown/c:${i}` as DocKey,
      version: 0,
      value: { text: '?', language: 'en', at: friday + (i % 3 === 0 ? 95 * day : 0) },
    }));
    await house.store.commit({ docs });
    clock += 91 * day;
    expect(await keep90()).toMatchObject({ unknown: 802 });
    expect((await kept('unknown')).length).toBe(401);
  });
});

test('mails written to files go by their files’ dates, other files stay', async () => {
  const folder = join(house.folder, 'mail');
  expect(await removeOldMails(folder, friday)).toBe(0);
  await mkdir(folder);
  for (const name of ['old.eml', 'old.eml.part', 'young.eml', 'old.txt']) {
    await writeFile(join(folder, name), '');
    const at = new Date(name.startsWith('old') ? friday - 1000 : friday + 1000);
    await utimes(join(folder, name), at, at);
  }
  expect(await removeOldMails(folder, friday)).toBe(2);
  expect((await readdir(folder)).sort()).toEqual(['old.txt', 'young.eml']);
});
