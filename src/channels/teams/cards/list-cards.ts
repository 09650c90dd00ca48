/** Lists of requests, and help. */
import type { Part } from '../../../conversation/state.ts';
import type { Ticket } from '../../../support/ticket.ts';
import { type CommandName, commandNames } from '../commands.ts';
import type { Seal } from '../seal.ts';
import { doubtWords } from './messages.ts';
import { type Card, card, type Element, execute, line, pair, run, short, text } from './parts.ts';
import type { Say } from './say.ts';

const mostRows = 15;

export function listCard(title: string, tickets: readonly Ticket[], say: Say, seal: Seal): Card {
  const more = tickets.length - mostRows;
  const rows = tickets.slice(0, mostRows).map((ticket): Element => {
    const { request, revision } = ticket;
    const button = execute(say('actions.open'), { verb: 'open', ticket: request.id, revision }, seal);
    return {
      type: 'ColumnSet',
      separator: true,
      columns: [
        { type: 'Column', width: 'stretch', items: about(ticket, say) },
        { type: 'Column', width: 'auto', items: [{ type: 'ActionSet', actions: [button] }] },
      ],
    };
  });
  return card(
    [
      text(title, { bold: true, large: true }),
      ...(rows.length ? rows : [text(say('lists.none'))]),
      ...(more > 0 ? [text(say('lists.more', { count: more }), { subtle: true })] : []),
    ],
    [],
    say.language,
  );
}

/** Which request it is, and whether somebody waits. */
function about(ticket: Ticket, say: Say): Element[] {
  const { request, waitingSince, status, owner, doubts } = ticket;
  const company = request.fields.find(({ field }) => field === 'company')?.given.value;
  const since = pairOf(say, waitingSince === undefined ? 'opened' : 'since', waitingSince ?? request.openedAt);
  const values = {
    language: say.languageName(request.language),
    topic: say.part({ key: `flows:contactSupport.topic.options.${request.topic}` }),
  };
  const [doubt] = doubts;
  return [
    line(run(request.id, { bold: true }), run(typeof company === 'string' ? ` ${short(company, 60)}` : '')),
    text(say(`card.status.${status}`, { name: owner?.name ?? '' })),
    since,
    text(say('lists.row', values), { subtle: true }),
    ...(doubt ? [text(`${say('card.sections.doubts')}: ${doubtWords(doubt, ticket, say)}`, { color: 'warning' })] : []),
  ];
}

const pairOf = (say: Say, fact: string, at: number) => pair(say(`card.facts.${fact}`), say.time(at));

const buttons: CommandName[] = ['mine', 'waiting', 'help'];

export function helpCard(say: Say, seal: Seal): Card {
  return card(
    [
      text(say('lists.help'), { bold: true, large: true }),
      ...commandNames.map((name) => pair(say(`commands.${name}.label`), say(`commands.${name}.about`))),
    ],
    [
      ...buttons
        .filter((name) => name !== 'help')
        .map((name) => execute(say(`commands.${name}.label`), { verb: name, ticket: '', revision: 0 }, seal)),
      {
        type: 'Action.ShowCard',
        title: say('commands.search.label'),
        card: {
          type: 'AdaptiveCard',
          version: '1.5',
          body: [{ type: 'Input.Text', id: 'words', label: say('inputs.words'), maxLength: 200 }],
          actions: [execute(say('commands.search.label'), { verb: 'search', ticket: '', revision: 0 }, seal)],
        },
      },
      {
        type: 'Action.ShowCard',
        title: say('commands.language.label'),
        card: {
          type: 'AdaptiveCard',
          version: '1.5',
          body: [
            {
              type: 'Input.ChoiceSet',
              id: 'language',
              label: say('inputs.language'),
              value: say.language,
              choices: say.texts.languages.map((tag) => ({
                value: tag,
                title: say.part({ key: `${tag}/bot:language.name` } satisfies Part),
              })),
            },
          ],
          actions: [execute(say('actions.save'), { verb: 'language', ticket: '', revision: 0 }, seal)],
        },
      },
    ],
    say.language,
  );
}
