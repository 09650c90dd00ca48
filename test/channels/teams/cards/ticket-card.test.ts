import { describe, expect, test } from 'vitest';
import { postCard } from '../../../../src/channels/teams/cards/post-card.ts';
import { createSay } from '../../../../src/channels/teams/cards/say.ts';
import { ticketCard } from '../../../../src/channels/teams/cards/ticket-card.ts';
import { createSeal } from '../../../../src/channels/teams/seal.ts';
import type { Step } from '../../../../src/conversation/state.ts';
import { flowTable } from '../../../../src/flow/flow-table.ts';
import { openTicket, type Ticket } from '../../../../src/support/ticket.ts';
import { problemsOf } from '../../../helpers/adaptive-card.ts';
import { type CardNode, verbsOf, wordsOf } from '../../../helpers/teams.ts';
import { friday, texts } from '../../../helpers/world.ts';

const evil = '**bold** [link](https://evil.example) <img src=x> {{evil}}';
const mari = { id: '29:mari', name: 'Mari', language: 'et', role: 'owner' };
const juris = { id: '29:juris', name: 'Juris', language: 'lv', role: 'user' };
const seal = createSeal('secret');
const everyStep = Object.entries(flowTable).flatMap(([flow, { nodes }]) =>
  Object.entries(nodes).map(([node, { choose }]) => {
    const [option] = Object.keys(choose ?? {});
    return { flow, node, at: friday, ...(option ? { given: { option } } : {}) } as Step;
  }),
);
const waiting = openTicket(
  {
    ...{ id: 'K7F3-2Q', openedAt: friday, language: 'lv', country: 'LV', topic: 'tickMissing', stage: 'products' },
    fields: [{ field: 'question', given: { value: 'words' } }],
    ledger: [
      { flow: 'greenTickMissing', node: 'which', at: friday, given: { option: 'all' } },
      { flow: 'tiers', node: 'points', at: friday, given: { value: 1800 } },
      { flow: 'gone', node: 'gone', at: friday } as never,
    ],
  },
  'c1',
  'directline',
);
const claimed: Ticket = { ...waiting, status: 'claimed', owner: mari };
const message = { id: 'm', at: friday, text: evil };
const talked: Ticket = {
  ...claimed,
  messages: [
    { ...message, from: 'customer', field: 'company' },
    { ...message, from: 'agent', name: 'Mari', delivery: 'uncertain' },
    { ...message, id: 'n', from: 'note', name: 'Juris' },
    { ...message, id: 'r', text: '', ready: 'needTime', from: 'agent', name: 'Mari', delivery: 'seen' },
    { ...message, id: 'q', text: '', ask: 'pointsShown', from: 'agent', name: 'Mari', delivery: 'mailed' },
    { ...message, id: 'g', text: '', guide: 'tiers.points', from: 'agent', name: 'Mari', delivery: 'delivered' },
    { ...message, id: 'o', text: '', guide: 'gone.gone', from: 'agent', name: 'Mari' },
  ],
  doubts: [
    { row: 'post:K7F3-2Q:1:0', reason: '502' },
    { row: 'card:K7F3-2Q:new:0', reason: '504' },
    { row: 'reply:c1:7', reason: 'TimeoutError', message: 'm' },
  ],
};
const closed: Ticket = {
  ...{ ...talked, status: 'closed', closedAt: friday, closing: { cause: 'detailWrong', verdict: 'partly' } },
  rating: { good: false, why: evil },
};
const guided: Ticket = { ...claimed, guided: everyStep.slice(0, 4) };
const members = [mari, juris];
const circumstances = { now: friday, awayAfter: 60_000 };

/** All of that type, at any depth. */
function nodesOf(node: unknown, type: string): CardNode[] {
  if (typeof node !== 'object' || node === null) return [];
  const own = (node as CardNode).type === type ? [node as CardNode] : [];
  return [...own, ...Object.values(node).flatMap((inner) => nodesOf(inner, type))];
}
const formOf = (card: CardNode, title: string) =>
  nodesOf(card, 'Action.ShowCard').find((one) => one.title === title)!.card as CardNode;

describe.each(texts.languages)('a card in %s', (language) => {
  const say = createSay(language, texts, 'Europe/Tallinn');
  const settings = { reachable: true, faqUrl: 'https://faq.example' };
  const view = { say, seal, members, settings, circumstances };

  test.each(Object.entries({ waiting, claimed, talked, closed, guided }))(
    'is a sound Adaptive Card 1.5: %s',
    (_, ticket) => {
      for (const viewer of [undefined, mari.id, juris.id])
        expect(problemsOf(ticketCard(ticket, { ...view, viewer, notice: say('refused.empty') }))).toEqual([]);
    },
  );

  test('says in the agent’s language what each ready answer will say, once they want to see it', () => {
    const form = formOf(ticketCard(claimed, view), say('actions.ready'));
    const [toggle] = nodesOf(form, 'Action.ToggleVisibility');
    const [id] = toggle!.targetElements as string[];
    const [shown] = nodesOf(form, 'Container').filter((one) => one.id === id);
    expect(shown?.isVisible).toBe(false);
    const { choices } = nodesOf(form, 'Input.ChoiceSet')[0] as unknown as {
      choices: { title: string; value: string }[];
    };
    expect(choices.length).toBeGreaterThan(15);
    const words = wordsOf(shown);
    for (const { title, value } of choices) {
      const isOwn = Object.hasOwn(texts.file(language, 'desk').ready as object, value);
      const key = isOwn ? `desk:ready.${value}.text` : `flows:answers.${value}.text`;
      const first = texts.label(language, key).split(/\$t|\{\{|[*`\n]/)[0]!;
      expect(words).toContain(`${title}  ${first}`);
    }
    expect(words, 'values stand in it').toContain('https://faq.example');
    expect(words).not.toContain('{{');
  });

  test('shows what was asked, and how far the question has come', () => {
    const words = wordsOf(ticketCard(talked, view));
    const label = (key: string) => texts.label(language, key);
    const field = label('flows:contactSupport.pointsShown.short');
    expect(words).toContain(`${say('log.ask')}: ${field}  (${say('card.delivery.mailed')})`);
    const place = `${label('bot:flows.tiers')} · ${label('flows:tiers.points.short')}`;
    expect(words).toContain(`${say('log.guide')}: ${place}  (${say('card.delivery.delivered')})`);
  });

  test('is taken by Teams however much was said, and whatever the size of the team', () => {
    const long = 'õ'.repeat(4000);
    const fields = ['question', 'products', 'refusedField', 'company', 'email', 'reply'];
    const much: Ticket = {
      ...{ ...talked, guided: everyStep },
      request: {
        ...talked.request,
        fields: fields.map((field) => ({ field, given: { value: long } })),
        ledger: everyStep,
      },
      messages: Array.from({ length: 200 }, (_, i) => ({ ...message, id: `m${i}`, from: 'customer', text: long })),
      doubts: Array.from({ length: 20 }, (_, i) => ({ row: `post:K7F3-2Q:${i}:0`, reason: '502' })),
    };
    // Ids as Teams has them.
    const team = Array.from({ length: 60 }, (_, i) => ({
      ...{ id: `29:${'1bSnHZ7Js2STWrgk6ScEErLk1Lp2zQuD5H2XQ960rtvs'.repeat(2)}${i}`, role: 'user' },
      name: `Maximiliane Musterfrau-Muster ${i}`,
    }));
    expect(problemsOf(ticketCard(much, { ...view, members: team }))).toEqual([]);
    expect(verbsOf(ticketCard(much, { ...view, members: team }))).toContain('handOver');
    const chatty = { ...talked, messages: much.messages.slice(0, 8) };
    const whole = JSON.stringify(ticketCard({ ...chatty, guided: everyStep.slice(0, 8) }, view));
    expect(whole, 'that of a long talk has room for what the ready answers say').toContain('readyTexts');
    const ordinary = wordsOf(ticketCard({ ...talked, messages: much.messages.slice(0, 3) }, view));
    expect(ordinary, 'an ordinary one is not cut short').toContain('õ'.repeat(299));
  });

  test('a customer’s words stand in TextRuns only', () => {
    const json = [ticketCard(closed, view), postCard({ key: 'customer', words: evil, mention: mari }, 'K7F3-2Q', say)];
    const holders: string[] = [];
    JSON.stringify(json, function (this: { type?: string }, _key, value: unknown) {
      if (typeof value === 'string' && value.includes('evil.example')) holders.push(this.type ?? '');
      return value;
    });
    expect(holders.length).toBeGreaterThanOrEqual(5);
    expect(new Set(holders)).toEqual(new Set(['TextRun']));
  });
});

test('what somebody may not do is not offered', () => {
  const say = createSay('et', texts, 'Europe/Tallinn');
  const view = { say, seal, members, circumstances, settings: { reachable: true } };
  expect(verbsOf(ticketCard(talked, { ...view, viewer: juris.id }))).toEqual(['note', 'history']);
  expect(verbsOf(ticketCard(waiting, view))).toEqual(['claim', 'note', 'history']);
  expect(verbsOf(ticketCard(talked, view)).filter((verb) => verb.startsWith('resend'))).toHaveLength(3);
});
