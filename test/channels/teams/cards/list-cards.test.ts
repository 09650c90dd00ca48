import { describe, expect, test } from 'vitest';
import { historyCard } from '../../../../src/channels/teams/cards/history-card.ts';
import { helpCard, listCard } from '../../../../src/channels/teams/cards/list-cards.ts';
import { messageCard, postCard } from '../../../../src/channels/teams/cards/post-card.ts';
import { createSay, refusal } from '../../../../src/channels/teams/cards/say.ts';
import { createSeal } from '../../../../src/channels/teams/seal.ts';
import type { Line } from '../../../../src/store/port.ts';
import { openTicket, type Ticket } from '../../../../src/support/ticket.ts';
import { problemsOf } from '../../../helpers/adaptive-card.ts';
import { verbsOf, wordsOf } from '../../../helpers/teams.ts';
import { friday, texts } from '../../../helpers/world.ts';

const seal = createSeal('secret');
const mari = { id: '29:mari', name: 'Mari <b>*Maasikas*</b>', language: 'et' };
const base = openTicket(
  { id: 'K7F3-2Q', openedAt: friday, language: 'lv', topic: 'payment', stage: '', fields: [], ledger: [] },
  'c1',
  'directline',
);
/** Everything that can stand in the log. */
const done = Object.keys(texts.file('en', 'desk').log as object);
const ticket: Ticket = {
  ...base,
  log: [
    ...done.map((what, i) => ({ at: friday + i, by: ['customer', 'bot', 'Mari'][i % 3]!, what })),
    { at: friday, by: 'Mari', what: 'handOver', about: 'Juris Ozols' },
    { at: friday, by: 'Mari', what: 'ready', about: 'needTime' },
  ],
  messages: [{ id: 'n', at: friday + 1, from: 'note', name: 'Mari', text: 'a note of the team' }],
  doubts: [{ row: 'card:K7F3-2Q:new:0', reason: '502' }],
};
const lines: Line[] = Array.from({ length: 100 }, (_, i) => ({
  seq: i + 1,
  value: {
    text: `#${i} ${'õ'.repeat(3000)}`,
    timestamp: new Date(friday).toISOString(),
    from: { role: i % 2 ? 'bot' : 'user' },
  },
}));

describe.each(texts.languages)('in %s every other card is a sound Adaptive Card 1.5', (language) => {
  const say = createSay(language, texts, 'Europe/Tallinn');

  test('a list that is longer than its card says how many more there are', () => {
    const words = (count: number) =>
      wordsOf(
        listCard(
          'List',
          Array.from({ length: count }, () => ticket),
          say,
          seal,
        ),
      );
    expect(words(15)).not.toContain(say('lists.more', { count: 0 }).split('0')[0]);
    expect(words(40)).toContain(say('lists.more', { count: 25 }));
  });
  test('lists', () => {
    for (const tickets of [[], [ticket], Array.from({ length: 30 }, () => ({ ...ticket, owner: mari }))])
      expect(problemsOf(listCard(say('lists.waiting'), tickets, say, seal))).toEqual([]);
  });
  /** From the oldest to the newest. */
  function pagesOf(talk: readonly Line[]): string[] {
    const pages: string[] = [];
    for (let from: number | undefined, more = true; more; ) {
      const card = historyCard(ticket, talk, say, seal, from);
      expect(problemsOf(card)).toEqual([]);
      pages.unshift(wordsOf(card));
      const earlier = verbsOf(card).find((verb) => verb.startsWith('history '));
      more = earlier !== undefined;
      from = Number(earlier?.split(' ')[1]);
    }
    return pages;
  }
  test('the history of a long talk, page by page and word for word, and all that was done', () => {
    const pages = pagesOf(lines);
    expect(pages.length).toBeGreaterThan(3);
    expect(pages.join().match(/õ{3000}/g), 'nothing is cut').toHaveLength(lines.length);
    const shown = pages.flatMap((words) => [...words.matchAll(/#(\d+)/g)].map(([, n]) => Number(n)));
    expect(shown, 'every line once, in order').toEqual(lines.map((_, i) => i));
    expect(pages.join(), 'what the team has noted is among it').toContain('a note of the team');
    expect(pages[0]).toContain('Juris Ozols');
    expect(pages[0]).toContain(say('ready.needTime.title'));
  });
  test('the history of a short talk is one page, of many short words a page for forty', () => {
    const short = (count: number) =>
      lines.slice(0, count).map((one, i) => ({ ...one, value: { ...(one.value as object), text: `#${i}` } }));
    expect(pagesOf(short(5))).toHaveLength(1);
    expect(pagesOf(short(100))).toHaveLength(3);
  });
  test('a message that is longer than any page is shown in parts, without a sign missing', () => {
    const pages = pagesOf([{ seq: 1, value: { ...(lines[0]!.value as object), text: '📷'.repeat(50_000) } }]);
    expect(pages.length).toBeGreaterThan(3);
    expect(pages.join().match(/📷/gu)).toHaveLength(50_000);
    expect(pages.join().isWellFormed(), 'no sign is shown in halves').toBe(true);
  });
  test('help', () => expect(problemsOf(helpCard(say, seal))).toEqual([]));
  test('whatever is said in a thread', () => {
    for (const key of Object.keys(texts.file(language, 'desk').thread as object)) {
      const post = { key, values: { name: mari.name }, words: 'õ'.repeat(4000), mention: mari };
      expect(problemsOf(postCard(post, 'K7F3-2Q', say)), key).toEqual([]);
    }
  });
  test('whatever is refused', () => {
    for (const why of Object.keys(texts.file(language, 'desk').refused as object))
      expect(problemsOf(messageCard(refusal(say, { why, by: mari.name }), say)), why).toEqual([]);
  });
});

test('a mention in Teams is the very text that stands on the card', () => {
  const card = postCard(
    { key: 'customer', words: 'x', mention: mari },
    'K7F3-2Q',
    createSay('en', texts, 'Europe/Tallinn'),
  );
  const { entities } = card.msteams as { entities: { text: string }[] };
  expect(wordsOf(card.body)).toContain(entities[0]!.text);
  expect(entities[0]!.text).toBe('<at>Mari b*Maasikas*/b</at>');
});
