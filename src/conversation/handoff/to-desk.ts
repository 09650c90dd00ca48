/** While a request is at the agents' desk: what the customer types goes to the agent as it is, and the bot keeps quiet. */
import { findNode } from '../../flow/flow-table.ts';
import { maxText } from '../../support/desk.ts';
import { again, changeLanguage } from '../act.ts';
import { matchOption } from '../match-option.ts';
import { optionsOf } from '../node-reply.ts';
import { readers } from '../read-value.ts';
import type { Event, Given, Handoff, MailWish, Outcome, Part, RequestFacts, State, World } from '../state.ts';
import { atHub, fromHub } from './hub.ts';
import { isLeave, isSaid, message, say } from './said.ts';

/** So often a customer can have another address, or the talk by mail, about one request. */
export const mostWishes = 3;

/** @returns undefined when the bot is to answer */
export function toDesk(state: State, event: Event, world: World): Outcome | undefined {
  const { handoff } = state;
  if (event.type === 'seen') {
    const seen = handoff ? [{ type: 'seen' as const, ticket: handoff.ticket, upTo: event.upTo }] : [];
    return { state, replies: [], effects: [], toDesk: seen };
  }
  if (event.type === 'hub') return fromHub(state, event.status, world);
  if (!handoff) return undefined;
  const { ticket, mode } = handoff;
  if (handoff.hub && mode === 'talking') return atHub(event, state, ticket, world);
  const address = event.type === 'message' && onlyAddress(event.text, state, world);
  if (address && mode !== 'closed' && !isAskedFor(state, handoff)) {
    return newAddress(address, state, ticket, world);
  }
  if (event.type === 'message' && isSaid(event.text, 'bot:transcript', state, world))
    return transcript(state, ticket, world);
  if (mode === 'talking') {
    if (event.type === 'join') return { state, replies: [], effects: [] };
    if (event.type === 'upload') return say(state, [{ key: 'bot:upload' }], 'upload', ticket, world);
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
  if (text.length > maxText) return say(state, [{ key: 'bot:tooLong' }], 'tooLong', ticket, world);
  const given = asked ? readAsked(text, asked, state, world) : undefined;
  const answer = asked ? { field: asked, ...(given ? { given } : {}) } : {};
  const replies = secrets.length ? [message([{ key: secretKey(secrets) }], 'secret', ticket)] : [];
  const address = asked === 'email' && typeof given?.value === 'string' ? { address: given.value } : {};
  return {
    state: { ...state, ...address, handoff: { ticket, mode: 'talking' } },
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

/** An address is the answer to a question of the flow, or of the agent: which of the customer's addresses it is, they have asked. */
function isAskedFor({ at }: State, { asked, mode }: Handoff): boolean {
  const open = mode === 'talking' ? asked && findNode('contactSupport', asked) : at && findNode(at.flow, at.node);
  return open !== undefined && open !== '' && open.ask === 'email';
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

function newAddress(address: string, state: State, ticket: string, world: World): Outcome {
  const { request } = world;
  const said = (name: string, kept: string): Part[] => [
    { key: `bot:handoff.${name}`, values: { address: { words: kept } } },
  ];
  if (request?.address === address) return say(state, said('addressKept', address), 'address', ticket, world);
  if (request && request.wishes.address >= mostWishes) {
    const parts = said('addressLimit', request.address ?? '');
    return { ...say(state, parts, 'address', ticket, world), toDesk: refusal('address', request, ticket) };
  }
  // Whoever wants to see or delete what is stored is asked for the first one: a later one proves nothing.
  const kept = say(
    { ...state, address: state.address ?? address },
    said('addressKept', address),
    'address',
    ticket,
    world,
  );
  return { ...kept, toDesk: [{ type: 'address', ticket, address }] };
}

/** Nobody has proved that the address is theirs: what the customer has typed goes there only after an agent has answered to it. */
function transcript(state: State, ticket: string, world: World): Outcome {
  const { request } = world;
  const to = request?.address;
  const told = (name: string) => {
    const values = to ? { values: { address: { words: to } } } : {};
    return say(state, [{ key: `bot:transcript.${name}`, ...values }], 'transcript', ticket, world);
  };
  if (!request || !to) return told('noAddress');
  if (!request.answered) return told('notYet');
  if (request.wishes.transcript >= mostWishes)
    return { ...told('enough'), toDesk: refusal('transcript', request, ticket) };
  return { ...told('sent'), toDesk: [{ type: 'transcript', ticket, to }] };
}

/** Noted at the request the first time. */
const refusal = (what: MailWish, { wishes }: RequestFacts, ticket: string): Outcome['toDesk'] =>
  wishes[what] === mostWishes ? [{ type: 'refused', ticket, what }] : [];

/** The customer wants a human, and has a request open: from now on they write to it. */
export function talkAgain(state: State, { ticket }: Handoff, world: World): Outcome {
  const talking: State = { ...state, handoff: { ticket, mode: 'talking' } };
  const how = world.settings.desk ? 'passing' : 'keeping';
  return say(talking, [{ key: `bot:handoff.${how}`, values: { ticket } }], 'passing', ticket, world);
}
