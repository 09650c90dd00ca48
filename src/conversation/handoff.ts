/** While a request is at the agents' desk: what the customer types goes to the agent as it is, and the bot keeps quiet. */

import { answerTable, findNode } from '../flow/flow-table.ts';
import { fold } from '../language/fold.ts';
import { again, askAside, changeLanguage, enterFlow } from './act.ts';
import { matchOption } from './match-option.ts';
import { factValues, nodeKey, optionFor, optionsOf, valuesFor } from './node-reply.ts';
import { readers } from './read-value.ts';
import type { Choice, DeskEvent, Event, Given, Handoff, Outcome, Part, Reply, Request, State, World } from './state.ts';

const leaveKey = 'bot:handoff.commands.leave';
const leaveChoice: Choice = { part: { key: `${leaveKey}.label` }, command: true };

/** What an agent, or the absence of one, does to the talk. */
export function fromDesk(state: State, event: DeskEvent, ticket: string, world: World): Outcome {
  const talking = (more: Partial<Handoff> = {}): State => ({ ...state, handoff: { ticket, mode: 'talking', ...more } });
  switch (event.what) {
    case 'joined': {
      const parts: Part[] = [{ key: 'bot:handoff.joined', values: { name: { words: event.name }, ticket } }];
      if (event.language !== state.language) {
        const values = { language: { part: { key: `${event.language}/bot:language.name` } } };
        if (world.words.languages.includes(event.language)) parts.push({ key: 'bot:handoff.writesIn', values });
      }
      return say(talking(), [...parts, { key: 'bot:handoff.asTyped' }], 'joined', ticket);
    }
    case 'left': {
      const handoff: Handoff = { ticket, mode: 'waiting' };
      return say(
        { ...state, handoff },
        [{ key: 'bot:handoff.agentLeft', values: { name: { words: event.name } } }],
        'left',
        ticket,
      );
    }
    case 'answer':
      return speak(talking(), event.name, event.text, ticket);
    case 'ready': {
      const { asked: _, ...rest } = talking().handoff!;
      return {
        state: { ...state, handoff: rest },
        replies: [{ ...message([readyPart(event.ready, world)], 'answer', ticket), from: event.name }],
        effects: [],
      };
    }
    case 'ask': {
      const place = { flow: 'contactSupport', node: event.field } as const;
      const reply: Reply = {
        ...message([{ key: `${nodeKey(place)}.text`, values: valuesFor(place, state, world) }], 'ask', ticket),
        from: event.name,
        choices: [...optionsOf(place, state).map((option) => option.choice), leaveChoice],
      };
      return { state: talking({ asked: event.field }), replies: [reply], effects: [] };
    }
    case 'guide': {
      const { aside: _, at: __, ...rest } = state;
      const free: State = { ...rest, returns: [], handoff: { ticket, mode: 'guided', since: world.now } };
      const outcome = enterFlow(event.flow, free, world, undefined, event.node);
      const [first, ...others] = outcome.replies;
      const part: Part = { key: 'bot:handoff.guided', values: { name: { words: event.name } } };
      return { ...outcome, replies: first ? [{ ...first, ticket, parts: [part, ...first.parts] }, ...others] : [] };
    }
    case 'closed': {
      const part: Part = { key: 'bot:handoff.closed', values: { name: { words: event.name }, ticket } };
      const closed: State = { ...state, handoff: { ticket, mode: 'closed' } };
      return inTicket(askAside({ kind: 'rating' }, closed, world, [part]), ticket);
    }
    case 'unclaimed': {
      const parts: Part[] = [{ key: 'bot:handoff.unclaimed', values: { ticket } }];
      if (event.byMail) parts.push({ key: 'bot:handoff.byMail' });
      if (!event.address) parts.push({ key: 'bot:handoff.leaveAddress' });
      return say(state, parts, 'unclaimed', ticket);
    }
  }
}

/** Ready answers are those of desk.json, and every single fact that the bot itself gives. */
const readyPart = (name: string, world: World): Part =>
  Object.hasOwn(answerTable, name)
    ? { key: `flows:answers.${name}.text`, values: factValues(world) }
    : { key: `desk:ready.${name}.text` };

/** @returns undefined when the bot is to answer */
export function toDesk(state: State, event: Event, world: World): Outcome | undefined {
  const { handoff } = state;
  if (event.type === 'seen') {
    const seen = handoff ? [{ type: 'seen' as const, ticket: handoff.ticket, upTo: event.upTo }] : [];
    return { state, replies: [], effects: [], toDesk: seen };
  }
  if (!handoff) return undefined;
  const { ticket, mode } = handoff;
  const address = event.type === 'message' && onlyAddress(event.text, state, world);
  if (address && mode !== 'closed' && findNode(state.at?.flow ?? '', state.at?.node ?? '')?.ask !== 'email') {
    const parts: Part[] = [{ key: 'bot:handoff.addressKept', values: { address: { words: address } } }];
    return { ...say({ ...state, address }, parts, 'address', ticket), toDesk: [{ type: 'address', ticket, address }] };
  }
  if (event.type === 'message' && isOneOf(event.text, 'bot:transcript', state, world)) return transcript(state, ticket);
  if (mode === 'talking') {
    if (event.type === 'join') return { state, replies: [], effects: [] };
    if (event.type === 'upload') return say(state, [{ key: 'bot:upload' }], 'upload', ticket);
    if (event.type === 'language') {
      const { replies, ...changed } = changeLanguage(event.language, state, world);
      const parts = replies[0]?.parts.slice(0, 1) ?? [];
      return { ...changed, replies: [message(parts, 'language', ticket)] };
    }
    return event.type === 'message' ? typed(event.text, event.secrets ?? [], handoff, state, world) : undefined;
  }
  return undefined;
}

function typed(text: string, secrets: readonly string[], handoff: Handoff, state: State, world: World): Outcome {
  const { ticket, asked } = handoff;
  if (text.trim() === '') return { state, replies: [], effects: [] };
  if (isLeave(text, state, world)) {
    const free: State = { ...state, handoff: { ticket, mode: 'waiting' } };
    const outcome = again(free, world, [{ key: 'bot:handoff.youLeft', values: { ticket } }]);
    return { ...outcome, toDesk: [{ type: 'left', ticket }] };
  }
  const given = asked ? readAsked(text, asked, state, world) : undefined;
  const answer = asked ? { field: asked, ...(given ? { given } : {}) } : {};
  const replies = secrets.length ? [message([{ key: secretKey(secrets) }], 'secret', ticket)] : [];
  return {
    state: { ...state, handoff: { ticket, mode: 'talking' } },
    replies,
    effects: [],
    toDesk: [{ type: 'relay', ticket, text, ...answer }],
  };
}

/** A message that is an e-mail address and nothing else: where an answer goes that is not seen in the chat. */
function onlyAddress(text: string, state: State, world: World): string | undefined {
  const read = /^\s*[^\s@]+@[^\s@]+\s*$/.test(text) ? readers.email(text, state, world) : undefined;
  return read && 'value' in read ? String(read.value) : undefined;
}

const secretKey = (secrets: readonly string[]) =>
  secrets.includes('password') || secrets.includes('resetLink') ? 'bot:secret.password' : 'bot:secret.card';

/** What the agent has asked for, in its plain form where it can be read; else the words alone are passed on. */
function readAsked(text: string, field: string, state: State, world: World): Given | undefined {
  const place = { flow: 'contactSupport', node: field } as const;
  const node = findNode(place.flow, field);
  const option = matchOption(text, optionsOf(place, state), world.words, state.language, { digits: !node?.ask });
  if (option) return option === 'skip' ? undefined : { option };
  const read = node?.ask && readers[node.ask](text, state, world);
  return read && 'value' in read ? { value: read.value } : undefined;
}

const isLeave = (text: string, state: State, world: World) => isOneOf(text, leaveKey, state, world);

function transcript(state: State, ticket: string): Outcome {
  const { address: to } = state;
  if (!to) return say(state, [{ key: 'bot:transcript.noAddress' }], 'transcript', ticket);
  const parts: Part[] = [{ key: 'bot:transcript.sent', values: { address: { words: to } } }];
  return { ...say(state, parts, 'transcript', ticket), toDesk: [{ type: 'transcript', ticket, to }] };
}

/** The whole message is a command of that key, in any language. */
function isOneOf(text: string, key: string, { language }: State, { words }: World): boolean {
  const said = fold(text);
  const all = [language, ...words.languages];
  return all.some(
    (tongue) =>
      fold(words.label(tongue, `${key}.label`)) === said || words.accept(tongue, `${key}.accept`).includes(said),
  );
}

/** The customer wants a human, and has a request open: from now on they write to it. */
export function talkAgain(state: State, handoff: Handoff): Outcome {
  const { ticket } = handoff;
  return say(
    { ...state, handoff: { ticket, mode: 'talking' } },
    [{ key: 'bot:handoff.passing', values: { ticket } }],
    'passing',
    ticket,
  );
}

/** Words after the agent has closed the request: they open it again. */
export function reopen(text: string | undefined, state: State, { ticket }: Handoff): Outcome {
  const { aside: _, ...rest } = state;
  const outcome = say(
    { ...rest, handoff: { ticket, mode: 'talking' } },
    [{ key: 'bot:handoff.reopened', values: { ticket } }],
    'reopened',
    ticket,
  );
  const relay = text ? [{ type: 'relay' as const, ticket, text }] : [];
  return { ...outcome, toDesk: [{ type: 'reopen', ticket }, ...relay] };
}

/** How good the help was, and why. */
export function rated(name: string, state: State, handoff: Handoff, world: World): Outcome {
  const { ticket } = handoff;
  if (name === 'reopen') return reopen(undefined, state, handoff);
  const thanks: Part = { key: 'bot:rating.thanks' };
  if (name === 'skip') return again({ ...state, handoff: { ticket, mode: 'closed' } }, world, [thanks]);
  const good = name === 'good';
  const outcome = good ? again(state, world, [thanks]) : askAside({ kind: 'ratingWhy' }, state, world);
  return { ...inTicket(outcome, ticket), toDesk: [{ type: 'rate', ticket, good }] };
}

export function ratedWhy(text: string, state: State, { ticket }: Handoff, world: World): Outcome {
  const outcome = again(state, world, [{ key: 'bot:rating.thanks' }]);
  return { ...outcome, toDesk: [{ type: 'rate', ticket, good: false, why: text }] };
}

export const ratingOptions = (kind: 'rating' | 'ratingWhy') =>
  (kind === 'rating' ? ['good', 'notGood', 'reopen'] : ['skip', 'reopen']).map((name) =>
    optionFor(name, `bot:rating.options.${name}`, [`bot:rating.accept.${name}`]),
  );

/** After a turn of the bot: a new request opens the line to the desk; a walk for the agent is shown to them, and ends with it. */
export function afterTurn(before: State, outcome: Outcome, world: World): Outcome {
  const { state, effects } = outcome;
  const opened = effects.find((effect) => effect.type === 'openTicket');
  if (opened && world.settings.desk) {
    const part: Part = { key: 'bot:handoff.waiting' };
    return {
      ...outcome,
      state: { ...state, ...addressIn(opened.request), handoff: { ticket: opened.request.id, mode: 'waiting' } },
      replies: withPart(outcome.replies, part),
    };
  }
  const { handoff } = state;
  if (handoff?.mode !== 'guided' || before.handoff?.mode !== 'guided') return outcome;
  const { ticket, since = 0 } = handoff;
  const steps = state.ledger.filter(({ at, flow }) => at >= since && flow !== 'contactSupport').slice(-40);
  const shown: Outcome = { ...outcome, toDesk: [...(outcome.toDesk ?? []), { type: 'progress', ticket, steps }] };
  if (state.at) return shown;
  const { aside: _, ...rest } = state;
  const back = say(
    { ...rest, handoff: { ticket, mode: 'talking' } },
    [{ key: 'bot:handoff.walked' }],
    'walked',
    ticket,
  );
  return {
    ...shown,
    state: back.state,
    replies: [...shown.replies.map((one) => ({ ...one, choices: [] })), ...back.replies],
  };
}

function addressIn({ fields }: Request): { address?: string } {
  const value = fields.find(({ field }) => field === 'email')?.given.value;
  return typeof value === 'string' ? { address: value } : {};
}

function withPart(replies: Reply[], part: Part): Reply[] {
  const last = replies.at(-1);
  return last ? [...replies.slice(0, -1), { ...last, parts: [...last.parts, part] }] : replies;
}

const message = (parts: Part[], node: string, ticket: string): Reply => ({
  parts,
  choices: [leaveChoice],
  flow: null,
  node: `handoff.${node}`,
  ticket,
});

function say(state: State, parts: Part[], node: string, ticket: string): Outcome {
  const choices = state.handoff?.mode === 'talking' ? [leaveChoice] : [];
  return { state, replies: [{ ...message(parts, node, ticket), choices }], effects: [] };
}

function speak(state: State, from: string, text: string, ticket: string): Outcome {
  return { state, replies: [{ ...message([], 'answer', ticket), from, typed: text }], effects: [] };
}

const inTicket = (outcome: Outcome, ticket: string): Outcome => ({
  ...outcome,
  replies: outcome.replies.map((reply) => ({ ...reply, ticket })),
});
