import { AdaptiveCard, SerializationContext, Versions } from 'adaptivecards';
import { describe, expect, test } from 'vitest';
import { postCard } from '../../../../src/channels/teams/cards/list-cards.ts';
import { createSay } from '../../../../src/channels/teams/cards/say.ts';
import { ticketCard } from '../../../../src/channels/teams/cards/ticket-card.ts';
import { createSeal } from '../../../../src/channels/teams/seal.ts';
import { openTicket, type Ticket } from '../../../../src/support/ticket.ts';
import { verbsOf, wordsOf } from '../../../helpers/teams.ts';
import { friday, texts } from '../../../helpers/world.ts';

const evil = '**bold** [link](https://evil.example) <img src=x> {{name}}';
const mari = { id: '29:mari', name: 'Mari', language: 'et', role: 'owner' };
const juris = { id: '29:juris', name: 'Juris', language: 'lv', role: 'user' };
const seal = createSeal('secret');
const waiting = openTicket(
  {
    ...{ id: 'K7F3-2Q', openedAt: friday, language: 'lv', topic: 'tickMissing', stage: 'products' },
    fields: [{ field: 'question', given: { value: evil } }],
    ledger: [
      { flow: 'greenTickMissing', node: 'whichProducts', at: friday, given: { option: 'all' } },
      { flow: 'tiers', node: 'points', at: friday, given: { value: 1800 } },
      { flow: 'gone', node: 'gone', at: friday } as never,
    ],
  },
  'c1',
  'directline',
);
const claimed: Ticket = { ...waiting, status: 'claimed', owner: mari, doubts: [{ row: 'post:1', reason: '502' }] };
const messages: Ticket['messages'] = [{ id: 'm', at: friday, from: 'customer', text: evil }];

describe.each(texts.languages)('a card in %s', (language) => {
  const say = createSay(language, texts, 'Europe/Tallinn');
  const view = { say, seal, members: [mari, juris] };

  test.each([waiting, claimed, { ...claimed, messages }])('is a sound Adaptive Card 1.5, with every text', (ticket) => {
    const card = ticketCard(ticket, view);
    const context = new SerializationContext(Versions.v1_5);
    // Its pattern for `lang` keeps its place between calls, so it takes every second sound tag for a bad one.
    const { lang, ...rest } = card;
    expect(lang).toBe(language);
    new AdaptiveCard().parse(rest, context);
    expect(Array.from({ length: context.eventCount }, (_, i) => context.getEventAt(i).message)).toEqual([]);
    expect(wordsOf(card), 'no key stands for a text').not.toMatch(/\b(card|actions|inputs|causes|verdicts|ready)\.\w+/);
    expect(JSON.stringify(card).length, 'Teams takes 28 KB').toBeLessThan(26_000);
  });

  test('a customer’s words stand in TextRuns only', () => {
    const json = [
      ticketCard({ ...claimed, messages }, view),
      postCard({ key: 'customer', words: evil, mention: mari }, 'K7F3-2Q', say),
    ];
    const holders: string[] = [];
    JSON.stringify(json, function (this: { type?: string }, _key, value: unknown) {
      if (typeof value === 'string' && value.includes('evil.example')) holders.push(this.type ?? '');
      return value;
    });
    expect(holders.length).toBeGreaterThanOrEqual(3);
    expect(new Set(holders)).toEqual(new Set(['TextRun']));
  });
});

test('what somebody may not do is not offered', () => {
  const view = { say: createSay('et', texts, 'Europe/Tallinn'), seal, members: [mari, juris] };
  expect(
    verbsOf(ticketCard(claimed, { ...view, viewer: juris.id })).filter((verb) => !verb.startsWith('resend')),
  ).toEqual(['note', 'history']);
  expect(verbsOf(ticketCard(waiting, view))).toEqual(['claim', 'note', 'history']);
});
