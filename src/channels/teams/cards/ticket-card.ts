/** A request as an agent sees it. The card in the channel is the owner's, once there is one; others get their own by refresh. */
import { givenValue } from '../../../conversation/node-reply.ts';
import type { Settings } from '../../../conversation/state.ts';
import { allowed, type Circumstances } from '../../../support/allowed.ts';
import { addressOf, type Ticket } from '../../../support/ticket.ts';
import type { Member } from '../roster.ts';
import type { Seal } from '../seal.ts';
import { actions, pressOn } from './actions.ts';
import { course, ledger } from './ledger.ts';
import { doubtWords, messages } from './messages.ts';
import { type Card, card, type Element, execute, line, mostSigns, pair, run, section, short, text } from './parts.ts';
import type { Say } from './say.ts';

export interface CardView {
  say: Say;
  seal: Seal;
  /** For whom; undefined: for everybody. */
  viewer?: string | undefined;
  members: readonly Member[];
  circumstances: Circumstances;
  /** What the bot's own answers need besides their texts. */
  settings: Settings;
  /** Said on top, such as why something was refused. */
  notice?: string | undefined;
}

/** How much of what may be long is shown: less when the card would not be taken, at last without ready answers' texts. */
const shares = [1, 0.5, 0.25, 0.1];
const shownDoubts = 5;

export function ticketCard(ticket: Ticket, view: CardView): Card {
  const cards = shares.values().map((share) => cardWith(share, ticket, view));
  let last = cards.next().value!;
  for (const smaller of cards) {
    if (JSON.stringify(last).length <= mostSigns) break;
    last = smaller;
  }
  return last;
}

function cardWith(share: number, ticket: Ticket, view: CardView): Card {
  const { say, seal, viewer, members, notice } = view;
  const { owner, request } = ticket;
  // Nobody else is offered what only the owner may do; a client without refresh shows everybody the owner's card.
  const mine = viewer ?? owner?.id ?? '';
  const body = [
    ...(notice ? [text(notice, { color: 'attention', bold: true })] : []),
    ...heading(ticket, say),
    ...section(
      say('card.sections.fields'),
      request.fields.map(({ field, given }) =>
        pair(
          say.part({ key: `flows:contactSupport.${field}.short` }),
          short(say.value(givenValue('contactSupport', field, given)), 1000 * share),
        ),
      ),
    ),
    ...ledger(request.ledger, share, say),
    ...section(say('card.sections.guided'), course(ticket.guided, share, say)),
    ...messages(ticket, share, say),
    ...doubts(ticket, mine, view),
  ];
  const others = members.map(({ id }) => id).filter((id) => id !== viewer && id !== owner?.id);
  const refresh = {
    action: {
      type: 'Action.Execute',
      verb: 'refresh',
      data: { desk: seal.put(pressOn(ticket, 'refresh', viewer)) },
    },
    userIds: viewer ? [viewer] : others,
  };
  const isSmallest = share === shares.at(-1);
  return card(body, actions(ticket, mine, view, !isSmallest), say.language, refresh.userIds.length ? { refresh } : {});
}

function heading(ticket: Ticket, say: Say): Element[] {
  const { request, status, owner, waitingSince, rating, closing } = ticket;
  const state = { waiting: 'attention', claimed: 'accent', closed: 'good' } as const;
  const fact = (name: string, value: string | undefined) => (value ? [pair(say(`card.facts.${name}`), value)] : []);
  const none = say('card.none');
  return [
    line(run(say('card.title', { ticket: request.id }), { bold: true, large: true })),
    text(say.part({ key: `flows:contactSupport.topic.options.${request.topic}` }), { bold: true }),
    text(say(`card.status.${status}`, { name: owner?.name ?? '' }), { color: state[status], bold: true }),
    ...fact('since', waitingSince === undefined ? undefined : say.time(waitingSince)),
    ...fact('opened', say.time(request.openedAt)),
    ...fact('language', say.languageName(request.language)),
    ...fact('country', request.country ? say.value({ country: request.country }) : none),
    ...fact('step', request.stage ? say.part({ key: `bot:steps.${request.stage}` }) : undefined),
    ...fact('address', addressOf(ticket)),
    ...fact('cause', closing && say(`causes.${closing.cause}`)),
    ...fact('verdict', closing && say(`verdicts.${closing.verdict}`)),
    ...fact(
      'rating',
      rating && [say(`rating.${rating.good ? 'good' : 'notGood'}`), rating.why].filter(Boolean).join(': '),
    ),
  ];
}

/** What may be lost, each with a button for whoever may send it again. */
function doubts(ticket: Ticket, agent: string, { say, seal, viewer, circumstances }: CardView): Element[] {
  const may = allowed(ticket, agent, circumstances).includes('resend');
  const press = (verb: string) => pressOn(ticket, verb, viewer);
  return section(
    say('card.sections.doubts'),
    ticket.doubts.slice(-shownDoubts).flatMap((doubt) => {
      const button = execute(say('actions.resend'), press(`resend ${doubt.row}`), seal);
      const what = text(doubtWords(doubt, ticket, say), { color: 'warning' });
      return [what, ...(may ? [{ type: 'ActionSet', actions: [button] }] : [])];
    }),
  );
}
