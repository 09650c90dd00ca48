/** What the support team sees, counted on talks that went through the real turns. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countStore, type Insight, insightOf, readSlice } from '../../../src/ops/insight/insight.ts';
import { least } from '../../../src/ops/insight/tally.ts';
import { openLowdbStore } from '../../../src/store/lowdb/index.ts';
import type { Store } from '../../../src/store/port.ts';
import { openPostgresStore } from '../../../src/store/postgres/index.ts';
import { lacksPostgres, useSchema } from '../../helpers/postgres.ts';
import { friday, texts } from '../../helpers/world.ts';
import { customers, day, entered, hour } from './customers.ts';

/** Ten days later: whoever wrote on that Friday and left a question open has stopped there. */
const later = friday + 10 * day;
const toVat = [entered('register'), 'register.start.newAccount', 'register.authorised.yes'];

/** In each language: seven stop at the question about VAT, five say that they come back later, one opens the chat only. */
async function playRegistrations(store: Store): Promise<void> {
  const { open, walk, clock } = customers(store);
  for (const language of texts.languages) {
    for (let i = 0; i < 7; i++) await walk(`${language}-stops-${i}`, language, ...toVat);
    for (let i = 0; i < 5; i++) {
      const home = ['register.vat.privatePerson', 'register.notACompany.stop'];
      await walk(`${language}-later-${i}`, language, ...toVat, ...home);
    }
    await open(`${language}-opened`, language);
    // Three days are not over yet; and one who began again is counted as what they did since.
    clock.now = later - 2 * day;
    await walk(`${language}-thinks`, language, ...toVat);
    clock.now = friday;
  }
}

const count = async (store: Store) => countStore(store, later, 'Europe/Tallinn');
const stepsOf = ({ flows }: Insight, flow: string) =>
  Object.fromEntries((flows.find((one) => one.flow === flow)?.steps ?? []).map(({ node, ...rest }) => [node, rest]));

async function expectRegistrations(store: Store): Promise<void> {
  const counted = await count(store);
  for (const language of texts.languages) {
    const insight = insightOf(counted, { language });
    expect(insight, language).toMatchObject({ conversations: 14, outside: 1, requests: 0, smallFlows: [] });
    expect(insight.flows, language).toMatchObject([{ flow: 'register', entered: 13, ended: 5, left: 7, underWay: 1 }]);
    expect(stepsOf(insight, 'register'), language).toEqual({
      start: { reached: 13, left: 0, asked: 0 },
      overview: { reached: 13, left: 0, asked: 0 },
      authorised: { reached: 13, left: 0, asked: 0 },
      vat: { reached: 13, left: 7, asked: 0 },
      notACompany: { reached: 5, left: 0, asked: 0 },
      comeBack: { reached: 5, left: 0, asked: 0 },
    });
  }
  const many = texts.languages.length;
  expect(insightOf(counted).flows).toMatchObject([{ entered: 13 * many, left: 7 * many }]);
  expect(
    insightOf(counted)
      .languages.map(({ name }) => name)
      .sort(),
  ).toEqual([...texts.languages].sort());
  // Those who opened it two days before the count are too few for a week of their own.
  expect(insightOf(counted).weeks).toMatchObject([{ name: '2026-W47', conversations: 13 * many, left: 7 * many }]);
}

describe('in the embedded store', () => {
  let folder: string;
  let store: Store;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cps-insight-'));
    store = await openLowdbStore({ folder });
  });
  afterAll(async () => {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('an empty store says that there is nothing to say', async () => {
    expect(insightOf(await count(store))).toMatchObject({ tooFew: true, conversations: 0, flows: [], languages: [] });
  });

  test('per part and step: who came there, who stopped there for good, who came to an end', async () => {
    await playRegistrations(store);
    await expectRegistrations(store);
  });

  test('requests: where they were asked for, what they turned out to be, how long they waited', async () => {
    const { walk, request, agent, clock } = customers(store);
    const waits = [1, 2, 3, 4, 5, 6, 7, 8, 9, 60];
    for (const [i, minutes] of waits.entries()) {
      clock.now = friday + i * hour;
      const id = `asks-${i}`;
      await walk(id, 'lv', entered('register'), 'register.start.applied', 'register.mailArrived.yes');
      const ticket = await request(id, 'lv', 'noPasswordMail');
      const at = clock.now + minutes * 60_000;
      await agent(ticket, at, { verb: 'claim' });
      await agent(ticket, at + 60_000, { verb: 'answer', text: 'Hello' });
      if (i === 9) continue;
      const verdict = i < 6 ? 'right' : 'wrong';
      await agent(ticket, at + day, { verb: 'close', cause: i < 5 ? 'mailInSpam' : 'wrongAddress', verdict });
    }
    // Nobody takes the last one back from the agent.
    const insight = insightOf(await count(store), { language: 'lv' });
    expect(stepsOf(insight, 'register')).toMatchObject({ setPassword: { reached: 10, left: 0, asked: 10 } });
    expect(insight.requests).toBe(10);
    const none = { right: 0, partly: 0, wrong: 0, notAsked: 0 };
    expect(insight.closings).toEqual([
      {
        topic: 'noPasswordMail',
        causes: [
          { cause: 'mailInSpam', verdicts: { ...none, right: 5 } },
          { cause: 'wrongAddress', verdicts: { ...none, right: 1, wrong: 3 } },
        ],
      },
    ]);
    expect(insight.lastSteps).toEqual([
      { flow: 'register', node: 'setPassword', verdicts: { ...none, right: 6, wrong: 3 } },
    ]);
    expect(insight.waits).toEqual([
      { until: 'claim', requests: 10, median: 5, p90: 9 },
      { until: 'answer', requests: 10, median: 6, p90: 10 },
      { until: 'close', requests: 9, median: 1445, p90: 1449 },
    ]);
    expect(insightOf(await count(store), { language: 'et' })).toMatchObject({
      requests: 0,
      closings: [],
      lastSteps: [],
    });
  });

  test('what is erased is not counted any more', async () => {
    const before = insightOf(await count(store), { language: 'et' });
    const gone = [0, 1].map((i) => `et-stops-${i}`);
    await store.erase({ conversations: gone, docs: gone.map((id) => `conversation/${id}` as const) });
    const after = insightOf(await count(store), { language: 'et' });
    expect(after.conversations).toBe(before.conversations - 2);
    expect(stepsOf(after, 'register').vat).toEqual({ reached: 11, left: 5, asked: 0 });
  });

  test('the same words of several are shown, those of one or of too few never', async () => {
    const { say } = customers(store);
    for (let i = 0; i < least; i++) await say(`shop-${i}`, 'et', ['Kus on teie POOD?', 'kus on teie pood'][i % 2]!);
    for (let i = 0; i < least - 1; i++) await say(`name-${i}`, 'et', `Olen Mari Maasikas`);
    for (let i = 0; i < 2; i++) await say(`vards-${i}`, 'lv', `Olen Mari Maasikas`);
    // The same person says it again and again, or in two languages.
    for (let i = 0; i < 9; i++) await say('name-0', i % 2 ? 'et' : 'lv', 'Olen Mari Maasikas');
    const insight = insightOf(await count(store));
    expect(insight.phrases).toEqual([{ text: 'kus on teie pood', language: 'et', conversations: least }]);
    expect(insight.notUnderstood).toBeGreaterThan(least);
    expect(insight.unknown.weeks.find(({ week }) => week === '2026-W47')?.messages).toHaveLength(
      insight.unknown.languages.length,
    );
    expect(JSON.stringify(insight)).not.toMatch(/maasikas/i);
    const counted = await count(store);
    expect(insightOf(counted, { language: 'lv' }).phrases).toEqual([]);
    expect(insightOf(counted, { week: '2026-W47' }).phrases).toBeUndefined();
  });

  test('a part with fewer than five is not shown, whatever is asked for', async () => {
    const counted = await count(store);
    expect(insightOf(counted, { language: 'fi' })).toMatchObject({ tooFew: true, conversations: 0, flows: [] });
    expect(insightOf(counted, { week: '2026-W48', language: 'et' })).toMatchObject({ tooFew: true, conversations: 0 });
    expect(readSlice('EN"><b>', '2026-47')).toEqual({ language: undefined, week: undefined });
    expect(readSlice('en', '2026-W47')).toEqual({ language: 'en', week: '2026-W47' });
  });

  test('documents of another version do not stop the count', async () => {
    const odd = [null, 7, 'text', {}, { openedAt: 'then', state: {} }, { openedAt: friday, state: { ledger: [{}] } }];
    const kinds = ['conversation', 'ticket', 'unknown'] as const;
    const closing = { cause: 'gone', verdict: 'maybe' };
    const ticket = { request: { openedAt: friday, topic: 'gone', ledger: [{ flow: 'old', node: 'older' }] }, closing };
    await store.commit({
      docs: [...odd, ticket].flatMap((value, i) =>
        kinds.map((kind) => ({ key: `${kind}/odd-${i}` as const, version: 0, value: value ?? 'nothing' })),
      ),
    });
    const before = insightOf(await count(store));
    expect(before.closings.map(({ topic }) => topic)).toEqual(['noPasswordMail']);
  });
});

describe.skipIf(lacksPostgres())('in PostgreSQL', () => {
  const schema = useSchema();

  test('the same is counted', async () => {
    const store = await openPostgresStore({ url: schema.url, startMs: 0 });
    await playRegistrations(store);
    await expectRegistrations(store);
    await store.close();
  });
});
