/** Anything at all, pressed on a card or filled into its form: what the bot did not put there changes nothing, and nothing breaks. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DeskHouse, openDesk, type Talk } from '../helpers/desk.ts';
import { contentOf, juris, mari, verbsOf } from '../helpers/teams.ts';
import { expectDecent, limits, seed } from './decent.ts';

let house: DeskHouse;
let talk: Talk;
beforeAll(async () => {
  house = await openDesk();
  talk = await house.customer();
  await house.drain();
  await house.press(mari, talk.ticket, 'claim');
});
afterAll(() => house.close());

const word = fc.string({ unit: 'binary', maxLength: 40 });
const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  word,
  fc.constantFrom(
    '',
    '<b>',
    '**x** [y](https://evil.example)',
    '{{name}} $t(desk:log.opened)',
    '__proto__',
    'x'.repeat(6000),
  ),
);
const verbs = [
  'claim',
  'takeOver',
  'release',
  'reopen',
  'answer',
  'note',
  'ready',
  'ask',
  'guide',
  'close',
  'handOver',
];
const others = [
  'open',
  'refresh',
  'history',
  'mine',
  'waiting',
  'search',
  'language',
  'help',
  'setup',
  'resend',
  'resend x',
];
const anyVerb = fc.oneof(word, fc.constantFrom(...verbs, ...others));
/** Every field of a card's forms, and one that none has: filled in as it should be, or with anything. */
const inputs = fc.oneof(
  fc.constant({
    text: 'words',
    ready: 'received',
    field: 'company',
    place: 'tiers',
    cause: 'answered',
    verdict: 'right',
  }),
  fc.dictionary(
    fc.constantFrom('text', 'ready', 'place', 'field', 'to', 'cause', 'verdict', 'words', 'language', 'x'),
    odd,
    { maxKeys: 4 },
  ),
);

async function press(data: unknown, user = mari): Promise<void> {
  const { status, body } = await house.teams.send(house.url, user, house.card(talk.ticket), data as object);
  expectDecent({ status, text: JSON.stringify(body) }, JSON.stringify(data)?.slice(0, 200) ?? '');
}

describe(`card data (seed ${seed})`, { timeout: 180_000 }, () => {
  test('that the bot did not put on a card changes nothing', async () => {
    const right = house.seal.put({ verb: 'answer', ticket: talk.ticket, revision: 1, shared: true });
    const altered = fc.oneof(
      {
        weight: 3,
        arbitrary: fc
          .constantFrom(...verbs)
          .filter((verb) => verb !== 'answer')
          .map((verb) => ({ ...right, verb })),
      },
      { weight: 1, arbitrary: odd },
      {
        weight: 2,
        arbitrary: fc.record(
          { verb: anyVerb, ticket: odd, revision: odd, shared: odd, seal: odd },
          { requiredKeys: [] },
        ),
      },
      {
        weight: 3,
        arbitrary: fc
          .constantFrom('ticket', 'revision', 'shared', 'seal')
          .chain((name) =>
            odd
              .filter((value) => value !== right[name as keyof typeof right])
              .map((value) => ({ ...right, [name]: value })),
          ),
      },
    );
    const before = await house.ticket(talk.ticket);
    const lines = await talk.lines();
    await fc.assert(
      fc.asyncProperty(altered, inputs, async (desk, filled) => press({ ...filled, desk })),
      limits(150),
    );
    await house.drain();
    expect(await house.ticket(talk.ticket)).toEqual(before);
    expect(await talk.lines()).toEqual(lines);
  });

  test('with a right mark and anything in the form is done or refused, by the owner and by a colleague', async () => {
    const marked = fc.record({
      verb: anyVerb,
      ticket: fc.constantFrom(talk.ticket, talk.ticket, '', 'NONE-00'),
      revision: fc.constantFrom(0, 1, 5),
    });
    await fc.assert(
      fc.asyncProperty(marked, inputs, fc.constantFrom(mari, juris), async (put, filled, user) => {
        await press({ ...filled, desk: house.seal.put(put) }, user);
        const { status, owner } = await house.ticket(talk.ticket);
        expect(status === 'claimed').toBe(owner !== undefined && status !== 'closed');
      }),
      limits(150),
    );
    await house.drain();
    expect(verbsOf(contentOf(house.card(talk.ticket))).length, 'the card still stands').toBeGreaterThan(0);
  });

  test('in an invoke of any shape', async () => {
    const actions = fc.oneof(odd, fc.record({ action: fc.oneof(odd, fc.record({ type: odd, verb: odd, data: odd })) }));
    const names = fc.constantFrom('adaptiveCard/action', 'task/fetch', 'composeExtension/query', '', 'x');
    await fc.assert(
      fc.asyncProperty(actions, names, async (value, name) => {
        const { status, body } = await house.teams.send(house.url, mari, house.card(talk.ticket), {}, { value, name });
        // 501: no such invoke (Bot Framework).
        if (status !== 501) expectDecent({ status, text: JSON.stringify(body) }, name);
      }),
      limits(60),
    );
    await talk.say('still there?');
    expect((await talk.lines()).at(-1)?.text).toBeTruthy();
  });
});
