/** A message that is no answer to the open question and no command: what does it mean? */
import type { Meaning } from '../flow/define-flow.ts';
import { detailTable, findNode } from '../flow/flow-table.ts';
import { answer, goTo } from '../flow/run-flow.ts';
import { findPoints, parsePoints } from '../language/values/points.ts';
import { again, askAside, carryOut, enterFlow, meant, stuck } from './act.ts';
import { choose, valueProblem } from './answer-question.ts';
import { subjects } from './asides.ts';
import { dataRequest } from './data-request.ts';
import { optionInSentence } from './match-option.ts';
import { optionsOf, putAgain } from './node-reply.ts';
import { readers } from './read-value.ts';
import type { Outcome, Part, State, Understood, World } from './state.ts';
import { prepend, welcomeBack } from './welcome.ts';

const maxMisses = 3;

export function understandMessage(text: string, away: boolean, before: State, world: World): Outcome {
  const read = world.understand(text, before.language);
  const { state, said } = switchLanguage(before, read, world);
  if (said.length && read.intent === 'change-language') return again(state, world, said);
  return prepend(said, reply(text, read, away, state, world));
}

/** A shorter message that the model would call out of scope is more likely a word that it does not know. */
const outOfScopeFrom = 15;

function reply(text: string, read: Understood, away: boolean, state: State, world: World): Outcome {
  if (read.data) return dataRequest(`${read.data}Data`, state, world);
  if (read.route) {
    const topic = read.route === 'refund' ? 'payment' : 'other';
    return prepend([{ key: 'bot:urgent' }], enterFlow('contactSupport', { ...state, topic }, world));
  }
  const detail = read.detail && detailTable[read.detail];
  if (detail) return carryOutDetail(detail, text, read, state, world);
  const points = pointsIn(text, read, state);
  if (points !== undefined) return pointsFirst(points, read, state, world);
  if (read.decision === 'answer') {
    const others = guessesOf(read).filter((intent) => intent !== read.intent);
    const first = fromSentence(text, read.intent, { ...state, others }, world);
    return read.also ? serveBoth(first, read.also, world) : first;
  }
  if (away && state.at) return welcomeBack(state, world, []);
  if (read.outOfScope && read.decision === 'none' && text.trim().length >= outOfScopeFrom) {
    const { aside: _, ...plain } = state;
    return { ...again(plain, world, [{ key: 'bot:outOfScope' }]), missed: text };
  }
  const outcome = { ...notUnderstood(text, read, { ...state, misses: state.misses + 1 }, world), missed: text };
  if (read.decision !== 'none') return outcome;
  return { ...outcome, effects: [...outcome.effects, { type: 'unknown', text, language: state.language }] };
}

const guessesOf = ({ ranking }: Understood) => subjects(ranking.map(({ intent }) => intent)).slice(0, 3);

/** Points with their unit in any sentence; in one about the levels, or at the levels, any number. */
function pointsIn(text: string, read: Understood, state: State): number | undefined {
  const withUnit = findPoints(text, state.language);
  const aboutLevels = read.ranking[0]?.intent === 'tiers' || read.also === 'tiers' || read.decision === 'none';
  if (withUnit !== undefined) return aboutLevels || read.decision === 'offer' ? withUnit : undefined;
  if (read.intent !== 'tiers' && state.at?.flow !== 'tiers') return undefined;
  const plain = parsePoints(text, state.language);
  return plain.kind === 'points' ? plain.value : undefined;
}

/** The points are answered; what else the message wants follows, or is asked about. */
function pointsFirst(points: number, read: Understood, state: State, world: World): Outcome {
  const first = withPoints(points, state, world);
  const second = read.decision === 'answer' && [read.intent, read.also].find((intent) => intent && intent !== 'tiers');
  if (second) return after(first, meant(second, first.state, world));
  const guesses = read.decision === 'offer' ? guessesOf(read).filter((intent) => intent !== 'tiers') : [];
  const unclear = guesses.length > 0 && read.ranking[0]?.intent !== 'tiers';
  return unclear ? after(first, askAside({ kind: 'guesses', guesses }, first.state, world)) : first;
}

/** Where the day of the application is told too, it counts at once: "I applied on Monday and no e-mail has come". */
function carryOutDetail(detail: Meaning, text: string, read: Understood, state: State, world: World): Outcome {
  const intent = read.decision === 'answer' ? read.intent : undefined;
  const aboutTheMail = 'flow' in detail && detail.at === 'mailArrived';
  return (aboutTheMail && sinceApplication(text, state, world, intent)) || carryOut(detail, state, world, intent);
}

/** What the open question wants, or examples of what can be asked; then guesses or the menu; then a human. */
function notUnderstood(text: string, read: Understood, state: State, world: World): Outcome {
  const { at, aside, misses } = state;
  if (misses >= maxMisses) return stuck(state, world);
  const problem = at && valueProblem(text, at, { ...state, misses: misses - 1 }, world);
  if (problem) return problem;
  if (at && !aside && misses === 1) {
    const options = optionsOf(at, state).map((option) => option.choice.part);
    const hint = { key: 'bot:notUnderstood.choose', values: { options: { numbered: options } } };
    return { state, replies: [{ ...putAgain(at, state, world), parts: [hint] }], effects: [] };
  }
  const guesses = guessesOf(read);
  if (read.decision === 'offer' && guesses.length > 0) return askAside({ kind: 'guesses', guesses }, state, world);
  if (misses === 1) return again(state, world, [{ key: 'bot:notUnderstood.first' }]);
  const second = guesses.length ? ({ kind: 'guesses', guesses } as const) : ({ kind: 'menu' } as const);
  return askAside(second, state, world, [{ key: 'bot:notUnderstood.second' }]);
}

/** Intents about the wait, where the sentence may tell the day of the application: "taotlesin reedel, millal kiri tuleb?" */
const aboutTheWait = ['validation-wait', 'password'];

/** Into the flow that is meant, past the questions that the sentence has answered already. */
function fromSentence(text: string, intent: string, state: State, world: World): Outcome {
  const waited = aboutTheWait.includes(intent) && sinceApplication(text, state, world, intent);
  if (waited) return waited;
  if (intent === 'tiers' && state.at?.flow !== 'tiers') return levelsInGeneral(text, state, world);
  if (intent === 'payment-due' && state.at?.flow !== 'payment') return whenToPay(text, state, world);
  if (intent === 'talk-to-human') {
    const email = readers.email(text, state, world);
    if ('value' in email) {
      const told = answer(state, { flow: 'contactSupport', node: 'email' }, { value: email.value });
      return enterFlow('contactSupport', told, world, intent);
    }
  }
  if (intent === 'product-details-forgotten') {
    const place = { flow: 'greenTickMissing', node: 'viewProduct' } as const;
    const detail = optionInSentence(text, optionsOf(place, state), world.words, state.language);
    if (detail) return answerAhead(enterFlow(place.flow, state, world, intent, place.node), text, world, intent);
  }
  return answerAhead(meant(intent, state, world), text, world, intent);
}

/** @returns undefined when the sentence names no day */
function sinceApplication(text: string, before: State, world: World, intent?: string): Outcome | undefined {
  const country = readers.country(text, before, world);
  const state = 'value' in country ? { ...before, country: String(country.value) } : before;
  const sentOn = readers.pastDate(text, state, world);
  if (!('value' in sentOn)) return undefined;
  const told = answer(state, { flow: 'register', node: 'sentOn' }, { value: sentOn.value });
  return enterFlow('register', told, world, intent, 'dateUnderstood');
}

/** "How many points does platinum need?": what the guide says of the limits, then the customer's own number. */
function levelsInGeneral(text: string, state: State, world: World): Outcome {
  const entered = enterFlow('tiers', state, world, 'tiers');
  const read = parsePoints(text, state.language);
  const isNumber = read.kind !== 'points' && read.kind !== 'invalid' && /\d/.test(text);
  return prepend([{ key: isNumber ? `bot:points.${read.kind}` : 'flows:answers.limits.text' }], entered);
}

/** Without a method named, both are told. */
function whenToPay(text: string, state: State, world: World): Outcome {
  const method = { flow: 'payment', node: 'method' } as const;
  const named = optionInSentence(text, optionsOf(method, state), world.words, state.language);
  const at = named ? undefined : 'compare';
  return answerAhead(enterFlow('payment', state, world, 'payment-due', at), text, world, 'payment-due');
}

function answerAhead(outcome: Outcome, text: string, world: World, intent: string): Outcome {
  const { at } = outcome.state;
  const node = at && findNode(at.flow, at.node);
  if (!at || !node?.fromSentence) return outcome;
  const option = optionInSentence(text, optionsOf(at, outcome.state), world.words, outcome.state.language);
  if (!option) return outcome;
  const next = choose(at, node, option, outcome.state, world);
  const replies = [...outcome.replies.slice(0, -1), ...next.replies];
  return {
    ...next,
    replies: replies.map((one) => ({ ...one, intent })),
    effects: [...outcome.effects, ...next.effects],
  };
}

function withPoints(points: number, state: State, world: World): Outcome {
  const inTiers = state.at?.flow === 'tiers';
  const entered = inTiers ? { state, replies: [], effects: [] } : enterFlow('tiers', state, world, 'tiers');
  const place = { flow: 'tiers', node: 'points' } as const;
  const told = answer({ ...entered.state, misses: 0 }, place, { value: points });
  const walk = goTo({ state: told, replies: [], effects: [] }, 'tiers', 'level', world);
  return { ...walk, replies: walk.replies.map((one) => ({ ...one, intent: 'tiers' })) };
}

/** Two wishes in one message. */
const serveBoth = (first: Outcome, also: string, world: World): Outcome =>
  after(first, meant(also, first.state, world));

const after = (first: Outcome, second: Outcome): Outcome => ({
  ...second,
  replies: [...first.replies, ...second.replies],
  effects: [...first.effects, ...second.effects],
});

/** A clear sentence in another offered language, or the wish for one, switches; the way back is the same. */
function switchLanguage(state: State, read: Understood, world: World): { state: State; said: Part[] } {
  const asked = read.intent === 'change-language' && read.decision === 'answer' ? read.wanted : undefined;
  const language = asked ?? (read.languageSure ? read.language : undefined);
  if (!language || language === state.language || !world.words.languages.includes(language)) return { state, said: [] };
  return { state: { ...state, language }, said: [{ key: 'bot:language.switched' }] };
}
