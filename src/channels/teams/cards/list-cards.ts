/** Lists of requests, the history of one, help, and what is said in a thread. */
import type { Part } from '../../../conversation/state.ts';
import type { Line } from '../../../store/port.ts';
import type { Post } from '../../../support/post.ts';
import type { Ticket } from '../../../support/ticket.ts';
import { type CommandName, commandNames } from '../commands.ts';
import type { Seal } from '../seal.ts';
import { type Card, card, type Element, execute, line, pair, run, section, short, text } from './parts.ts';
import type { Say } from './say.ts';

const mostRows = 15;
const mostLines = 40;

export function listCard(title: string, tickets: readonly Ticket[], say: Say, seal: Seal): Card {
  const rows = tickets.slice(0, mostRows).map(({ request, revision, waitingSince, status, owner }): Element => {
    const topic = say.part({ key: `flows:contactSupport.topic.options.${request.topic}` });
    const since = say.time(waitingSince ?? request.openedAt);
    const language = say.languageName(request.language);
    return {
      type: 'ColumnSet',
      separator: true,
      columns: [
        {
          type: 'Column',
          width: 'stretch',
          items: [
            line(run(`${request.id} `, { bold: true }), run(say(`card.status.${status}`, { name: owner?.name ?? '' }))),
            text(say('lists.row', { since, language, topic }), { subtle: true }),
          ],
        },
        {
          type: 'Column',
          width: 'auto',
          items: [
            {
              type: 'ActionSet',
              actions: [execute(say('actions.open'), { verb: 'open', ticket: request.id, revision }, seal)],
            },
          ],
        },
      ],
    };
  });
  return card(
    [text(title, { bold: true, large: true }), ...(rows.length ? rows : [text(say('lists.none'))])],
    [],
    say.language,
  );
}

interface Said {
  type?: string;
  text?: string;
  timestamp?: string;
  from?: { role?: string; name?: string };
  channelData?: { support?: { agent?: string } };
}

export function historyCard(ticket: Ticket, lines: readonly Line[], say: Say, seal: Seal): Card {
  const { request, revision, log } = ticket;
  const shown = lines.flatMap(({ value }) => {
    const { text: words = '', timestamp = '', from, channelData } = value as Said;
    if (!words) return [];
    const isBot = from?.role === 'bot';
    const who = channelData?.support?.agent ?? (isBot ? say('lists.bot') : say('lists.customer'));
    return [line(run(`${who}, ${say.time(Date.parse(timestamp) || 0)}: `, { subtle: true }), run(short(words)))];
  });
  const done = log.map(({ at, by, what }) =>
    pair(`${say.time(at)}, ${by === 'customer' || by === 'bot' ? say(`lists.${by}`) : by}`, say(`log.${what}`)),
  );
  const more = shown.length - mostLines;
  return card(
    [
      text(say('lists.history', { ticket: request.id }), { bold: true, large: true }),
      ...(more > 0 ? [text(say('card.more', { count: more }), { subtle: true })] : []),
      ...shown.slice(-mostLines),
      ...section(say('lists.log'), done.slice(-mostLines)),
    ],
    [execute(say('actions.open'), { verb: 'open', ticket: request.id, revision }, seal)],
    say.language,
  );
}

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

/** Only a mention alerts anybody in Teams, and a mention stands in a TextBlock; somebody's own words stand in a TextRun. */
export function postCard({ key, values = {}, words, mention }: Post, ticket: string, say: Say): Card {
  const about = `${ticket}: ${say(`thread.${key}`, values)}`;
  const tag = mention ? `<at>${mention.name.replace(/[<>]/g, '')}</at>` : '';
  return card(
    [
      ...(tag ? [{ type: 'TextBlock', text: tag, wrap: true }] : []),
      text(about, { bold: words !== undefined }),
      ...(words === undefined ? [] : [text(short(words, 4000))]),
    ],
    [],
    say.language,
    mention
      ? { msteams: { entities: [{ type: 'mention', text: tag, mentioned: { id: mention.id, name: mention.name } }] } }
      : {},
  );
}

export const messageCard = (words: string, say: Say): Card => card([text(words)], [], say.language);
