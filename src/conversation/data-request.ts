/**
 * The customer's own data: what is kept, to see it, to have it erased. Whoever has the conversation's token may ask; so that
 * nobody does it by a slip, or at somebody else's screen, the address given in the talk is asked for once more, or a word.
 */
import { foldAnswer } from '../language/fold.ts';
import { again, askAside } from './act.ts';
import { asideOptions } from './asides.ts';
import { commandIn } from './commands.ts';
import { leaveChoice } from './handoff/said.ts';
import { toDesk } from './handoff/to-desk.ts';
import { matchOption } from './match-option.ts';
import { optionFor } from './node-reply.ts';
import { daysKept, whoAnswers } from './notice.ts';
import { readers } from './read-value.ts';
import type { Aside, Event, Outcome, Part, Reply, State, World } from './state.ts';
import { prepend } from './welcome.ts';

export const dataCommands = ['keptData', 'showData', 'eraseData'] as const;
export type DataCommand = (typeof dataCommands)[number];
type Proof = Aside & { kind: 'proof' };

/** So many wrong answers in a row, and the question is dropped. */
const maxTries = 3;

export const isDataCommand = (command: string | undefined): command is DataCommand =>
  dataCommands.includes(command as DataCommand);

/** Who is with an agent stays so: the way out there is theirs. */
const within = (outcome: Outcome): Outcome => {
  if (outcome.state.handoff?.mode !== 'talking') return outcome;
  const choices = (reply: Reply) => [...reply.choices.filter(({ command }) => !command), leaveChoice];
  return { ...outcome, replies: outcome.replies.map((reply) => ({ ...reply, choices: choices(reply) })) };
};

export function dataRequest(command: DataCommand, state: State, world: World): Outcome {
  if (command === 'keptData') return within(askAside({ kind: 'data' }, state, world, kept(world)));
  if (command === 'eraseData')
    return within(askAside({ kind: 'proof', of: 'erase', tries: 0 }, state, world, whatGoes(state)));
  // Without an address it is no more than what the screen shows already.
  if (addressOf(state) === undefined) return shows(state, world);
  return within(askAside({ kind: 'proof', of: 'show', tries: 0 }, state, world));
}

/** The address that was given in this talk. */
export function addressOf({ address, answers }: State): string | undefined {
  const given = address ?? answers.contactSupport?.email?.value;
  return typeof given === 'string' ? given : undefined;
}

/** Of a request that was passed on: its answers are forgotten in the talk, and its address proves later that it is they. */
export function keepingAddress(outcome: Outcome): Outcome {
  const opened = outcome.effects.find((effect) => effect.type === 'openTicket');
  const value = opened?.request.fields.find(({ field }) => field === 'email')?.given.value;
  return typeof value === 'string' ? { ...outcome, state: { ...outcome.state, address: value } } : outcome;
}

function kept({ settings }: World): Part[] {
  return [
    { key: 'bot:data.kept.text' },
    { key: 'bot:data.kept.time', values: { days: { part: daysKept(settings) } } },
    { key: 'bot:data.kept.who', values: whoAnswers(settings) },
  ];
}

function whatGoes({ tickets }: State): Part[] {
  const requests = { key: 'bot:data.erase.requests', values: { tickets: tickets.join(', ') } };
  return [
    { key: 'bot:data.erase.text' },
    ...(tickets.length > 0 ? [requests] : []),
    { key: 'bot:data.erase.notReached' },
  ];
}

/** For src/conversation/asides.ts. */
export function dataOptions(aside: Aside & { kind: 'data' | 'proof' }) {
  if (aside.kind === 'proof') return [optionFor('leave', 'bot:data.proof.leave', ['bot:accept.no'])];
  return (['show', 'erase'] as const).map((name) =>
    optionFor(`${name}Data`, `bot:data.commands.${name}.label`, [`bot:data.commands.${name}.accept`]),
  );
}

/** For src/conversation/asides.ts. */
export function dataQuestion(aside: Aside & { kind: 'data' | 'proof' }, state: State): Part {
  if (aside.kind === 'data') return { key: 'bot:data.kept.question' };
  if (aside.of === 'show') return { key: 'bot:data.proof.showAddress' };
  if (addressOf(state) !== undefined) return { key: 'bot:data.proof.eraseAddress' };
  return { key: 'bot:data.proof.eraseWord', values: { word: { part: { key: 'bot:data.proof.word' } } } };
}

/**
 * Ahead of everything else that a message could be: the answer to the check, and the wish itself where the bot otherwise keeps
 * quiet. What was written to an agent reaches them all the same.
 * @param goOn what the message is when the check is dropped
 * @returns undefined when it is nothing of the kind
 */
export function aboutData(
  state: State,
  event: Event,
  world: World,
  goOn: (state: State) => Outcome,
): Outcome | undefined {
  if (event.type !== 'message' || event.secrets?.length || event.text.trim() === '') return undefined;
  const { text } = event;
  const { aside, handoff } = state;
  if (aside?.kind === 'proof') return answerProof(text, aside, state, world, goOn);
  const isForAgent = handoff?.mode === 'talking' || aside?.kind === 'rating' || aside?.kind === 'ratingWhy';
  if (!isForAgent) return undefined;
  const command = commandIn(text, state, world);
  if (isDataCommand(command)) return dataRequest(command, state, world);
  const wish = command ? undefined : world.understand(text, state.language).data;
  if (!wish) return undefined;
  const relayed = toDesk(state, event, world);
  if (!relayed) return dataRequest(`${wish}Data`, state, world);
  const asked = dataRequest(`${wish}Data`, relayed.state, world);
  return { ...asked, replies: [...relayed.replies, ...asked.replies], toDesk: relayed.toDesk ?? [] };
}

function answerProof(
  text: string,
  { kind, of, tries }: Proof,
  state: State,
  world: World,
  goOn: (state: State) => Outcome,
): Outcome {
  const { aside: _, ...rest } = state;
  const nothing: Part = { key: of === 'erase' ? 'bot:data.proof.nothingErased' : 'bot:data.proof.nothingShown' };
  const options = asideOptions({ kind, of, tries }, state, world);
  if (matchOption(text, options, world.words, state.language, { loosely: false })) return back(rest, world, [nothing]);
  if (isProof(text, of, state, world)) {
    if (of === 'show') return shows(rest, world);
    return { state: rest, replies: [], effects: [{ type: 'eraseData' }] };
  }
  if (!isAttempt(text, state, world)) return noting(nothing, goOn(rest));
  const wrong: Part = { key: 'bot:data.proof.wrong' };
  if (tries + 1 >= maxTries) return back(rest, world, [wrong, nothing]);
  const before = of === 'erase' ? [wrong, nothing] : [wrong];
  return within(askAside({ kind, of, tries: tries + 1 }, state, world, before));
}

function isProof(text: string, of: Proof['of'], state: State, world: World): boolean {
  const address = addressOf(state);
  if (address !== undefined) {
    const read = readers.email(text, state, world);
    return 'value' in read && String(read.value).toLowerCase() === address.toLowerCase();
  }
  const { words } = world;
  const said = foldAnswer(text);
  return of === 'erase' && words.languages.some((one) => words.folded(one, 'bot:data.proof.word') === said);
}

/** An address or a single word may be meant as the answer; a command or a sentence is something else. */
const isAttempt = (text: string, state: State, world: World) =>
  !commandIn(text, state, world) && (text.includes('@') || !/\s/.test(text.trim()));

/** Adds what is stored, in the same turn, ahead of the question that goes on. */
const shows = (state: State, world: World): Outcome => {
  const { aside: _, ...rest } = state;
  return { ...back(rest, world), effects: [{ type: 'showData' }] };
};

/** To where the customer was: the agent, or the open question. */
function back(state: State, world: World, parts: Part[] = []): Outcome {
  if (state.handoff?.mode !== 'talking') return again(state, world, parts);
  return noting(parts, { state, replies: [], effects: [] });
}

/** Says it ahead of the rest, or by itself. */
function noting(parts: Part | Part[], outcome: Outcome): Outcome {
  const list = [parts].flat();
  if (outcome.replies[0] && outcome.replies[0].typed === undefined) return prepend(list, outcome);
  if (list.length === 0) return outcome;
  const reply: Reply = { parts: list, choices: [], flow: null, node: 'data' };
  return within({ ...outcome, replies: [reply, ...outcome.replies] });
}

/** How much is stored, by kind. */
export interface DataCounts {
  messages: number;
  requests: number;
  queued: number;
  notUnderstood: number;
}

const listed = (counts: DataCounts) => ({
  lines: (['messages', 'requests', 'queued', 'notUnderstood'] as const)
    .filter((kind) => counts[kind] > 0 || kind === 'messages')
    .map((kind) => ({ label: { key: `bot:data.kinds.${kind}` }, value: { number: counts[kind] } })),
});

/** @param messages in how many messages all of it follows; undefined: it can be fetched as a file */
export function shownReply(counts: DataCounts, messages: number | undefined): Reply {
  const how: Part =
    messages === undefined ? { key: 'bot:data.shown.file' } : { key: 'bot:data.shown.messages', count: messages };
  return {
    parts: [{ key: 'bot:data.shown.text', values: { list: listed(counts) } }, how],
    choices: [],
    flow: null,
    node: 'data.shown',
    ...(messages === undefined ? { export: true } : {}),
  };
}

/** The last message of a conversation. */
export function erasedReply(counts: DataCounts, receipt: string): Reply {
  return {
    parts: [
      { key: 'bot:data.erased.text', values: { receipt, list: listed(counts) } },
      { key: 'bot:data.erased.notReached' },
    ],
    choices: [],
    flow: null,
    node: 'data.erased',
    receipt,
  };
}
