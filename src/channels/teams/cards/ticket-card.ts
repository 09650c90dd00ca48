/** A request as an agent sees it. The card in the channel is the owner's, once there is one; others get their own by refresh. */
import { givenValue } from '../../../conversation/node-reply.ts';
import { allowed, type Verb } from '../../../support/desk.ts';
import { addressOf, type Message, type Ticket } from '../../../support/ticket.ts';
import type { Member } from '../roster.ts';
import type { Seal } from '../seal.ts';
import { causes, fields, places, readyAnswers, verdictChoices } from './choices.ts';
import { ledger } from './ledger.ts';
import {
  type Card,
  card,
  choice,
  type Element,
  execute,
  form,
  input,
  line,
  pair,
  run,
  section,
  short,
  text,
} from './parts.ts';
import type { Say } from './say.ts';

export interface CardView {
  say: Say;
  seal: Seal;
  /** For whom; undefined: for everybody. */
  viewer?: string | undefined;
  members: readonly Member[];
  /** Said on top, such as why something was refused. */
  notice?: string | undefined;
}

const shownMessages = 8;

export function ticketCard(ticket: Ticket, view: CardView): Card {
  const { say, seal, viewer, members, notice } = view;
  const { request, revision, owner } = ticket;
  const body = [
    ...(notice ? [text(notice, { color: 'attention', bold: true })] : []),
    ...heading(ticket, say),
    ...section(
      say('card.sections.fields'),
      request.fields.map(({ field, given }) =>
        pair(
          say.part({ key: `flows:contactSupport.${field}.short` }),
          short(say.value(givenValue('contactSupport', field, given)), 1000),
        ),
      ),
    ),
    ...ledger(request.ledger, say),
    ...section(say('card.sections.guided'), ticket.guided.length ? ledger(ticket.guided, say) : []),
    ...messages(ticket, say),
    ...doubts(ticket, view),
  ];
  // Nobody else is offered what only the owner may do; a client without refresh shows everybody the owner's card.
  const mine = viewer ?? owner?.id ?? '';
  const others = members.map(({ id }) => id).filter((id) => id !== viewer && id !== owner?.id);
  const refresh = {
    action: {
      type: 'Action.Execute',
      verb: 'refresh',
      data: { desk: seal.put({ verb: 'refresh', ticket: request.id, revision }) },
    },
    userIds: viewer ? [viewer] : others,
  };
  return card(body, actions(ticket, mine, view), say.language, refresh.userIds.length ? { refresh } : {});
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

function messages({ messages: all }: Ticket, say: Say): Element[] {
  const earlier = all.length - shownMessages;
  return section(say('card.sections.messages'), [
    ...(earlier > 0 ? [text(say('card.more', { count: earlier }), { subtle: true })] : []),
    ...all.slice(-shownMessages).map((one) => messageLine(one, say)),
  ]);
}

export function messageLine(one: Message, say: Say): Element {
  const { from, name = '', at, delivery, reason } = one;
  const who = { customer: say('card.from.customer'), agent: name, note: say('card.from.note', { name }) }[from];
  const words = one.ready ? (readyAnswers(say).find(({ value }) => value === one.ready)?.title ?? one.ready) : one.text;
  const state = delivery ? ` (${say(`card.delivery.${delivery}`)}${reason ? `: ${reason}` : ''})` : '';
  const field = one.field ? `${say.part({ key: `flows:contactSupport.${one.field}.short` })}: ` : '';
  return line(
    run(`${who}, ${say.time(at)}: `, { subtle: true }),
    run(`${field}${short(words)}`),
    run(state, { subtle: true, ...(delivery === 'failed' || delivery === 'uncertain' ? { color: 'warning' } : {}) }),
  );
}

function doubts(ticket: Ticket, { say, seal }: CardView): Element[] {
  const { request, revision } = ticket;
  return section(
    say('card.sections.doubts'),
    ticket.doubts.slice(-5).map(({ row, reason }) => ({
      type: 'ActionSet',
      actions: [
        execute(`${say('actions.resend')} (${reason})`, { verb: `resend ${row}`, ticket: request.id, revision }, seal),
      ],
    })),
  );
}

function actions(ticket: Ticket, agent: string, { say, seal, members }: CardView): Element[] {
  const { request, revision, owner } = ticket;
  const press = (verb: string) => ({ verb, ticket: request.id, revision });
  const title = (verb: string) => say(`actions.${verb}`);
  const simple = (verb: Verb, more = {}) => execute(title(verb), press(verb), seal, more);
  const small = { mode: 'secondary' };
  const send = (verb: Verb) =>
    execute(say(verb === 'note' ? 'actions.save' : 'actions.send'), press(verb), seal, { associatedInputs: 'auto' });
  const colleagues = members.filter(({ id }) => id !== owner?.id).map(({ id, name }) => ({ title: name, value: id }));
  const build: Record<Verb, () => Element | undefined> = {
    claim: () => simple('claim', { style: 'positive' }),
    takeOver: () => simple('takeOver', { style: 'positive' }),
    reopen: () => simple('reopen'),
    answer: () => form(title('answer'), [input('text', say('inputs.answer'))], send('answer')),
    ready: () => form(title('ready'), [choice('ready', say('inputs.ready'), readyAnswers(say))], send('ready')),
    close: () =>
      form(
        title('close'),
        [
          choice('cause', say('inputs.cause'), causes(say, ticket)),
          choice('verdict', say('inputs.verdict'), verdictChoices(say)),
        ],
        send('close'),
      ),
    note: () => form(title('note'), [input('text', say('inputs.note'))], send('note'), small),
    ask: () => form(title('ask'), [choice('field', say('inputs.ask'), fields(say, ticket))], send('ask'), small),
    guide: () => form(title('guide'), [choice('place', say('inputs.guide'), places(say))], send('guide'), small),
    handOver: () =>
      colleagues.length
        ? form(title('handOver'), [choice('to', say('inputs.handOver'), colleagues)], send('handOver'), small)
        : undefined,
    release: () => simple('release', small),
    resend: () => undefined,
  };
  const history = execute(title('history'), press('history'), seal, small);
  return [...allowed(ticket, agent).map((verb) => build[verb]()), history].filter((one) => one !== undefined);
}
