/** A message that is no answer to the open question and no command: what does it mean? */
import { findNode } from '../flow/flow-table.ts';
import { answer, goTo } from '../flow/run-flow.ts';
import { findPoints } from '../language/values/points.ts';
import { again, askAside, enterFlow, meant, stuck } from './act.ts';
import { choose, valueProblem } from './answer-question.ts';
import { subjects } from './asides.ts';
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
  if (read.route) {
    const topic = read.route === 'refund' ? 'payment' : 'other';
    return prepend([{ key: 'bot:urgent' }], enterFlow('contactSupport', { ...state, topic }, world));
  }
  const points = findPoints(text, state.language);
  const aboutLevels = read.ranking[0]?.intent === 'tiers' || read.decision === 'none';
  if (points !== undefined && aboutLevels) return withPoints(points, state, world);
  if (read.decision === 'answer') {
    const others = guessesOf(read).filter((intent) => intent !== read.intent);
    const first = fromSentence(text, read.intent, { ...state, others }, world);
    return read.also ? serveBoth(first, read.also, text, world) : first;
  }
  if (points !== undefined && read.decision === 'offer') return pointsAndGuesses(points, read, state, world);
  if (away && state.at) return welcomeBack(state, world, []);
  if (read.outOfScope && text.trim().length >= outOfScopeFrom) {
    const { aside: _, ...plain } = state;
    return again(plain, world, [{ key: 'bot:outOfScope' }]);
  }
  const outcome = notUnderstood(text, read, { ...state, misses: state.misses + 1 }, world);
  if (read.decision !== 'none') return outcome;
  return { ...outcome, effects: [...outcome.effects, { type: 'unknown', text, language: state.language }] };
}

const guessesOf = ({ ranking }: Understood) => subjects(ranking.map(({ intent }) => intent)).slice(0, 3);

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
function fromSentence(text: string, intent: string, before: State, world: World): Outcome {
  const state = aboutTheWait.includes(intent) ? withCountry(text, before, world) : before;
  if (aboutTheWait.includes(intent)) {
    const sentOn = readers.pastDate(text, state, world);
    if ('value' in sentOn) {
      const told = answer(state, { flow: 'register', node: 'sentOn' }, { value: sentOn.value });
      return enterFlow('register', told, world, intent, 'dateUnderstood');
    }
  }
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
  return answerAhead(meant(intent, '', state, world), text, world, intent);
}

/** The country, where the sentence names one and the wait for the account is its subject. */
function withCountry(text: string, state: State, world: World): State {
  const country = readers.country(text, state, world);
  return 'value' in country && !state.country ? { ...state, country: String(country.value) } : state;
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

/** Points and something else that is not quite clear: the points are answered, the rest is asked about. */
function pointsAndGuesses(points: number, read: Understood, state: State, world: World): Outcome {
  const first = withPoints(points, state, world);
  const guesses = guessesOf(read).filter((intent) => intent !== 'tiers');
  if (guesses.length === 0) return first;
  const second = askAside({ kind: 'guesses', guesses }, first.state, world);
  return { ...second, replies: [...first.replies, ...second.replies] };
}

/** Two wishes in one message: the second is put after what the first has said. */
function serveBoth(first: Outcome, also: string, text: string, world: World): Outcome {
  const points = also === 'tiers' ? findPoints(text, first.state.language) : undefined;
  const second = points === undefined ? meant(also, '', first.state, world) : withPoints(points, first.state, world);
  return { ...second, replies: [...first.replies, ...second.replies], effects: [...first.effects, ...second.effects] };
}

/** A clear sentence in another offered language, or the wish for one, switches; the way back is the same. */
function switchLanguage(state: State, read: Understood, world: World): { state: State; said: Part[] } {
  const asked = read.intent === 'change-language' && read.decision === 'answer' ? read.wanted : undefined;
  const language = asked ?? (read.languageSure ? read.language : undefined);
  if (!language || language === state.language || !world.words.languages.includes(language)) return { state, said: [] };
  return { state: { ...state, language }, said: [{ key: 'bot:language.switched' }] };
}
