/**
 * The core: what the bot makes of one event. Pure: the same state, event and world give the same outcome.
 * The order in which a message is tried: secrets, the open question's own answers, commands, values, meaning.
 */
import { findNode, flowTable } from '../flow/flow-table.ts';
import { foldAnswer } from '../language/fold.ts';
import { again, askAside, changeLanguage, chooseAside, runCommand } from './act.ts';
import { answerOpenQuestion } from './answer-question.ts';
import { asideOptions, subjects } from './asides.ts';
import { commandIn, languageIn } from './commands.ts';
import { correct } from './correct.ts';
import { aboutData, keepingAddress } from './data-request.ts';
import { afterTurn } from './handoff/after-turn.ts';
import { courtesyIn } from './handoff/courtesy.ts';
import { fromDesk } from './handoff/from-desk.ts';
import { ratedWhy, reopen } from './handoff/rating.ts';
import { isReopen } from './handoff/said.ts';
import { toDesk } from './handoff/to-desk.ts';
import { matchOption } from './match-option.ts';
import { withNotice } from './notice.ts';
import type { Aside, DeskEvent, Event, Outcome, Part, Place, State, World } from './state.ts';
import { understandMessage } from './understand-message.ts';
import { prepend, welcome, welcomeBack } from './welcome.ts';

/** After this long a customer "comes back", and is asked whether to go on where they were. */
const awayAfterMs = 6 * 3600_000;
const maxMessageLength = 2000;

export function converse(stored: State, event: Event, world: World): Outcome {
  return withNotice(stored, event, inStep(stored, turn(stored, event, world)), world);
}

/** The request is in the language of the talk: the agent, and whoever gets mail about it, must know. */
function inStep(stored: State, outcome: Outcome): Outcome {
  const { handoff, language } = outcome.state;
  if (!handoff || handoff.ticket !== stored.handoff?.ticket || language === stored.language) return outcome;
  const { ticket } = handoff;
  return { ...outcome, toDesk: [...(outcome.toDesk ?? []), { type: 'language', ticket, language }] };
}

function turn(stored: State, event: Event, world: World): Outcome {
  const state: State = { ...stored, seenAt: world.now };
  const asked = aboutData(state, event, world, (without) => turn({ ...without, seenAt: stored.seenAt }, event, world));
  if (asked) return asked;
  const handedOver = toDesk(state, event, world);
  if (handedOver) return handedOver;
  return keepingAddress(afterTurn(stored, answer(stored, event, world), world));
}

/** What somebody at the agents' desk does to the talk about `ticket`; the customer has not said anything. */
export function converseFromDesk(stored: State, event: DeskEvent, ticket: string, world: World): Outcome {
  return fromDesk(stored, event, ticket, world);
}

function answer(stored: State, event: Event, world: World): Outcome {
  const away = world.now - stored.seenAt >= awayAfterMs;
  const timeZone = 'timeZone' in event ? event.timeZone : undefined;
  const { state, moved } = settle({ ...stored, seenAt: world.now, ...(timeZone ? { timeZone } : {}) });
  const before: Part[] = moved ? [{ key: 'bot:movedFlow' }] : [];

  if (event.type === 'join') return join(state, event.language, away, world, before);
  const greeted: State = { ...state, greeted: true };
  if (event.type === 'language') return changeLanguage(event.language, greeted, world);
  if (event.type === 'seen' || event.type === 'hub') return { state, replies: [], effects: [] };
  if (event.type === 'upload') return again(greeted, world, [{ key: 'bot:upload' }]);
  const outcome = message(greeted, event.text, event.secrets ?? [], away && stored.greeted === true, world);
  return prepend(before, outcome);
}

function join(state: State, wanted: string | undefined, away: boolean, world: World, before: Part[]): Outcome {
  if (!state.greeted) {
    const language = wanted && world.words.languages.includes(wanted) ? wanted : state.language;
    return welcome({ ...state, language }, world);
  }
  if (!away) return { state, replies: [], effects: [] };
  return welcomeBack(state, world, before);
}

function message(state: State, text: string, secrets: readonly string[], away: boolean, world: World): Outcome {
  if (secrets.length > 0) {
    const isPassword = secrets.includes('password') || secrets.includes('resetLink');
    return again(state, world, [{ key: isPassword ? 'bot:secret.password' : 'bot:secret.card' }]);
  }
  if (text.trim() === '') return again(state, world);
  if (text.length > maxMessageLength) return again(state, world, [{ key: 'bot:tooLong' }]);

  const afterClosing = closed(text, state, world);
  if (afterClosing) return afterClosing;
  // Of a request that is closed "that was wrong" takes no answer back.
  const corrected = state.handoff?.mode === 'closed' && !state.at ? undefined : correct(text, state, world);
  if (corrected) return corrected;
  const { aside, at } = state;
  const command = commandIn(text, state, world);
  if (aside) {
    const options = asideOptions(aside, state, world);
    const name = matchOption(text, options, world.words, state.language, { loosely: command === undefined });
    if (name) return chooseAside(aside, name, state, world);
    const plain = plainAnswer(text, aside, state, world);
    if (plain) return plain;
  }
  // In a question for free words only a whole command counts; an option's own words always come first.
  const answered = at && answerOpenQuestion(text, at, command !== undefined, state, world);
  if (answered) return answered;
  if (command) {
    if (command === 'hello' && away && at) return welcomeBack(state, world, []);
    return runCommand(command, state, world);
  }
  const language = languageIn(text, state, world);
  if (language) return changeLanguage(language, state, world);
  if (state.handoff?.mode === 'closed' && courtesyIn(text, state, world)) return runCommand('thanks', state, world);
  return understandMessage(text, away, state, world);
}

/** After the agent has closed the request: how it was, or words that are for the agent; a command is still one. */
function closed(text: string, state: State, world: World): Outcome | undefined {
  const { aside, handoff } = state;
  if (handoff?.mode !== 'closed') return undefined;
  if (!handoff.hub && isReopen(text, handoff.ticket, state, world)) return reopen(undefined, state, handoff, world);
  if (aside?.kind !== 'rating' && aside?.kind !== 'ratingWhy') return undefined;
  const polite = courtesyIn(text, state, world);
  if (polite && aside.kind === 'ratingWhy') return chooseAside(aside, 'skip', state, world);
  if (polite) return polite === 'good' ? chooseAside(aside, 'good', state, world) : runCommand('thanks', state, world);
  const name = matchOption(text, asideOptions(aside, state, world), world.words, state.language);
  if (name) return chooseAside(aside, name, state, world);
  if (commandIn(text, state, world)) return undefined;
  if (aside.kind === 'ratingWhy') return ratedWhy(text, state, handoff, world);
  return handoff.hub ? undefined : reopen(text, state, handoff, world);
}

/** A plain yes or "go on" to a question of the bot's own never answers the question that waits below it. */
function plainAnswer(text: string, aside: Aside, state: State, world: World): Outcome | undefined {
  const said = foldAnswer(text);
  const among = ['bot:accept.yes', 'bot:accept.next'].flatMap((key) => world.words.accept(state.language, key));
  if (!among.includes(said)) return undefined;
  if (aside.kind === 'guesses') {
    const [only, ...others] = subjects(aside.guesses);
    if (only && others.length === 0) return chooseAside(aside, only, state, world);
    return askAside(aside, state, world, [{ key: 'bot:notUnderstood.which' }]);
  }
  if (aside.kind !== 'menu' && aside.kind !== 'offers') return undefined;
  if (state.at) return undefined;
  return state.trail.length > 0 && aside.kind === 'menu' ? runCommand('back', state, world) : again(state, world);
}

/** A stored conversation meets today's tables: a node that is gone starts its flow again, with the answers kept. */
function settle(state: State): { state: State; moved: boolean } {
  const { at } = state;
  const exists = (place: Place) =>
    findNode(place.flow, place.node) !== undefined || flowTable[place.flow]?.checks[place.node] !== undefined;
  const kept: State = {
    ...state,
    returns: state.returns.filter(exists),
    trail: state.trail.filter((step) => exists(step) && step.returns.every(exists)),
  };
  if (!at || findNode(at.flow, at.node)) return { state: kept, moved: false };
  const { at: _, ...rest } = kept;
  const flow = flowTable[at.flow];
  if (!flow) return { state: { ...rest, aside: { kind: 'menu' } }, moved: true };
  const node = flow.checks[flow.start] ? Object.keys(flow.nodes)[0]! : flow.start;
  return { state: { ...rest, at: { flow: at.flow, node, version: flow.version } }, moved: true };
}
