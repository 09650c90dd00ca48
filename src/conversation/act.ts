/** What the bot does on a command, on a choice in one of its own questions, and when it is at its wits' end. */
import type { Command, FlowName, Meaning } from '../flow/define-flow.ts';
import { answerTable, findNode, flowNames, intentTable } from '../flow/flow-table.ts';
import { goTo, leaveQuestion } from '../flow/run-flow.ts';
import { ask } from './asides.ts';
import { dataRequest, isDataCommand } from './data-request.ts';
import { rated } from './handoff/rating.ts';
import { talkAgain } from './handoff/to-desk.ts';
import { factValues, putAgain } from './node-reply.ts';
import { type Aside, newState, type Outcome, type Part, type Reply, type State, type World } from './state.ts';

/** Puts the open question again, or the menu when none is open; `before` is said first. */
export function again(state: State, world: World, before: Part[] = []): Outcome {
  const { aside, at } = state;
  if (at && (!aside || aside.kind === 'menu' || aside.kind === 'offers')) {
    const { aside: _, ...rest } = state;
    const reply = putAgain(at, rest, world);
    return { state: rest, replies: [{ ...reply, parts: [...before, ...reply.parts] }], effects: [] };
  }
  return askAside(aside ?? { kind: 'menu' }, state, world, before);
}

export function askAside(aside: Aside, state: State, world: World, before: Part[] = [], intent?: string): Outcome {
  return { state: { ...state, aside }, replies: [ask(aside, state, world, before, intent)], effects: [] };
}

/** The third misunderstanding running: a human is offered (table F). */
export function stuck(state: State, world: World): Outcome {
  return askAside({ kind: 'stuck' }, { ...state, misses: 0 }, world);
}

export function runCommand(command: Command, state: State, world: World): Outcome {
  const calm: State = { ...state, misses: 0 };
  switch (command) {
    case 'keptData':
    case 'showData':
    case 'eraseData':
      return dataRequest(command, calm, world);
    case 'again':
      return again(calm, world);
    case 'back':
      return back(calm, world);
    case 'language':
      return askAside({ kind: 'language' }, calm, world, [], 'change-language');
    case 'human':
      return enterFlow('contactSupport', calm, world, 'talk-to-human');
    case 'menu':
      return askAside({ kind: 'menu' }, calm, world);
    case 'startOver':
      return askAside({ kind: 'menu' }, startedOver(calm, world), world, [], 'start-over');
    case 'cancel':
      return askAside(
        { kind: 'menu' },
        { ...leaveQuestion(calm), returns: [] },
        world,
        [{ key: 'bot:smallTalk.cancelled' }],
        'cancel',
      );
    case 'notThat':
      return notThat(calm, world);
    case 'hello':
      return tag(again(calm, world, [{ key: 'bot:smallTalk.hello' }]), 'greeting');
    case 'thanks':
      return tag(again(calm, world, [{ key: 'bot:smallTalk.thanks' }]), 'thanks');
  }
}

/** The next guesses, or the menu when there are none. */
function notThat({ others, ...state }: State, world: World): Outcome {
  const guesses = others ?? [];
  return askAside(guesses.length ? { kind: 'guesses', guesses } : { kind: 'menu' }, state, world);
}

/** The talk from its beginning; the language, the country and the requests already passed on stay. */
function startedOver(state: State, world: World): State {
  const { language, country, timeZone, tickets, passedOnAt, handoff, address, notice, consent } = state;
  return {
    ...newState(language, world.now),
    greeted: true,
    tickets,
    ...(passedOnAt ? { passedOnAt } : {}),
    ...(country ? { country } : {}),
    ...(timeZone ? { timeZone } : {}),
    ...(handoff ? { handoff } : {}),
    ...(address ? { address } : {}),
    ...(notice ? { notice } : {}),
    ...(consent ? { consent } : {}),
  };
}

function back(state: State, world: World): Outcome {
  if (state.aside && state.at) return again({ ...state, aside: { kind: 'menu' } }, world);
  const last = state.trail.at(-1);
  if (!last) return again(state, world, [{ key: 'bot:nothingBefore' }]);
  const { aside: _, at: __, country, ...rest } = state;
  // A question that is skipped while its answer is known would bring the customer straight back here.
  const keep = country && findNode(last.flow, last.node)?.ask !== 'country' ? { country } : {};
  const earlier: State = { ...rest, ...keep, trail: state.trail.slice(0, -1), returns: last.returns };
  return goTo({ state: earlier, replies: [], effects: [] }, last.flow, last.node, world);
}

/** Into a flow from anywhere; an open question waits below it and is put again afterwards. */
export function enterFlow(flow: FlowName, state: State, world: World, intent?: string, at?: string): Outcome {
  const { handoff } = state;
  if (flow === 'contactSupport' && !at && handoff && handoff.mode !== 'closed') return talkAgain(state, handoff, world);
  const { at: open, aside: _, ...rest } = state;
  if (open?.flow === flow && !at) {
    const retell = findNode(flow, open.node)?.retell;
    const told = { state: { ...rest, at: open }, replies: [], effects: [] };
    return tag(retell ? goTo(told, flow, retell, world) : again(told.state, world), intent);
  }
  const waiting = state.returns.findLast((place) => place.flow === flow);
  const place =
    waiting && !at
      ? { flow, at: waiting.node }
      : { flow, at, back: open?.flow === flow ? undefined : open?.node, detour: true };
  const start: State = open ? { ...rest, at: open } : rest;
  return tag(goTo({ state: start, replies: [], effects: [] }, open?.flow ?? flow, place, world), intent);
}

/** A single fact; then the open question is put again, or what goes deeper is offered. */
export function giveAnswer(name: keyof typeof answerTable, state: State, world: World, intent?: string): Outcome {
  const { link, offers = [] } = answerTable[name];
  const reply: Reply = {
    parts: [{ key: `flows:answers.${name}.text`, values: factValues(world) }],
    choices: [],
    flow: 'answers',
    node: name,
    ...(link ? { link } : {}),
  };
  const calm: State = { ...state, misses: 0 };
  const { aside: _, ...plain } = calm;
  const next = calm.at ? again(plain, world) : askAside({ kind: 'offers', offers: [...offers] }, plain, world);
  return tag({ ...next, replies: [reply, ...next.replies] }, intent);
}

export function chooseAside(aside: Aside, name: string, state: State, world: World): Outcome {
  const { aside: _, ...rest } = state;
  const plain: State = { ...rest, misses: 0 };
  if ((aside.kind === 'rating' || aside.kind === 'ratingWhy') && state.handoff)
    return rated(name, plain, state.handoff, world);
  if (aside.kind === 'language') return changeLanguage(name, plain, world);
  if (isDataCommand(name)) return dataRequest(name, plain, world);
  if (name === 'menu') return askAside({ kind: 'menu' }, plain, world);
  if (name === 'human') return enterFlow('contactSupport', plain, world, 'talk-to-human');
  if (name === 'startOver') return runCommand('startOver', plain, world);
  if (name === 'continue') return goOn(plain, world);
  if (name === 'tryAgain') return again(plain, world);
  if (name === 'none') return again(plain, world);
  if (flowNames.includes(name as FlowName)) return enterFlow(name as FlowName, plain, world);
  return meant(name, plain, world);
}

/** Says so in the new language, and puts the open question again in it. */
export function changeLanguage(language: string, state: State, world: World): Outcome {
  if (!world.words.languages.includes(language)) return again(state, world);
  return again({ ...state, language, misses: 0 }, world, [{ key: 'bot:language.switched' }]);
}

/** Goes on where the customer was; a wait is judged anew, since its day may have come. */
function goOn(state: State, world: World): Outcome {
  const { at } = state;
  if (at?.flow !== 'register' || at.node !== 'wait') return again(state, world);
  const { at: _, ...rest } = state;
  return goTo({ state: rest, replies: [], effects: [] }, 'register', 'due', world);
}

/** Carries out an intent. */
export function meant(intent: string, state: State, world: World): Outcome {
  return carryOut(intentTable[intent], state, world, intent);
}

/** A flow, a single fact, or a command. */
export function carryOut(meaning: Meaning | undefined, state: State, world: World, intent?: string): Outcome {
  if (!meaning) return askAside({ kind: 'menu' }, state, world);
  if ('flow' in meaning) return enterFlow(meaning.flow, state, world, intent, meaning.at);
  if ('answer' in meaning) return giveAnswer(meaning.answer, state, world, intent);
  return tag(runCommand(meaning.command, state, world), intent);
}

function tag(outcome: Outcome, intent: string | undefined): Outcome {
  return intent ? { ...outcome, replies: outcome.replies.map((reply) => ({ ...reply, intent })) } : outcome;
}
