/** One step through the tables: from an answer to the next open question, or to the end. Pure. */

import { asideOptions } from '../conversation/asides.ts';
import { checks, passedOnLately } from '../conversation/checks.ts';
import { commandChoices, nodeKey, nodeReply } from '../conversation/node-reply.ts';
import type { Aside, Effect, Given, Part, Place, Reply, Return, State, World } from '../conversation/state.ts';
import { openRequest } from '../support/request.ts';
import type { FlowName, Topic } from './define-flow.ts';
import { type AnyTarget, findNode, flowTable } from './flow-table.ts';

/** Far above any real chain of statements and checks: a circle of them is a mistake in a table. */
const maxChain = 30;
const maxTrail = 30;
const maxReturns = 6;
const maxLedger = 80;

export interface Walk {
  state: State;
  replies: Reply[];
  effects: Effect[];
}

/** Goes to `target` and on, until a question is open or nothing is left to return to. */
export function goTo(walk: Walk, from: FlowName, target: AnyTarget, world: World): Walk {
  const { replies, effects } = walk;
  let state: State = leaveQuestion(walk.state);
  let place = resolve(from, target);
  let before: Part[] = [];
  state = jump(state, from, target);

  for (let i = 0; i < maxChain; i++) {
    const flow = flowTable[place.flow];
    const check = flow.checks[place.node];
    if (check) {
      const label = checks[check.by](state, world);
      const next = check.to[label];
      if (next === undefined) throw new Error(`${place.flow}.${place.node}: no target for "${label}"`);
      state = jump(state, place.flow, next);
      place = resolve(place.flow, next);
      continue;
    }
    const node = flow.nodes[place.node];
    if (!node) throw new Error(`no node ${place.flow}.${place.node}`);

    const skipped = node.ask === 'country' && state.country ? node.next : undefined;
    if (skipped !== undefined) {
      place = resolve(place.flow, skipped);
      continue;
    }
    if (node.effect === 'openTicket') {
      const request = openRequest(state, world);
      effects.push({ type: 'openTicket', request });
      const passedOnAt = [...passedOnLately(state, world), world.now];
      state = { ...state, tickets: [...state.tickets, request.id], passedOnAt };
    }
    state = addToLedger(state, place, world.now);
    const reply = nodeReply(place, node, state, world);
    const ticket = node.effect ? { ticket: state.tickets.at(-1) ?? '' } : {};
    replies.push({ ...reply, ...ticket, parts: [...before, ...reply.parts] });
    before = [];

    if (node.choose || node.ask || node.pick) {
      return { state: { ...state, at: { ...place, version: flow.version } }, replies, effects };
    }
    if (node.next !== undefined) {
      replies.at(-1)!.choices = [];
      state = jump(state, place.flow, node.next);
      place = resolve(place.flow, node.next);
      continue;
    }

    // The flow has ended.
    if (place.flow === 'contactSupport') state = forgetRequest(state);
    const back = state.returns.at(-1);
    if (!back) {
      const { at: _, ...rest } = state;
      const aside: Aside = { kind: 'offers', offers: [...(node.end ?? [])] };
      replies.at(-1)!.choices = [
        ...asideOptions(aside, state, world).map((option) => option.choice),
        ...commandChoices,
      ];
      return { state: { ...rest, aside }, replies, effects };
    }
    state = { ...state, returns: state.returns.slice(0, -1) };
    replies.at(-1)!.choices = [];
    before = back.detour ? [returnTo(back)] : [];
    place = back;
  }
  throw new Error(`${place.flow}.${place.node}: the table goes in circles without a question`);
}

function returnTo(back: Return) {
  const isNode = findNode(back.flow, back.node) !== undefined;
  const key = isNode ? `${nodeKey(back)}.short` : `bot:flows.${back.flow}`;
  return { key: 'bot:returnTo', values: { where: { part: { key } } } };
}

function resolve(from: FlowName, target: AnyTarget): Place {
  if (typeof target === 'string') return { flow: from, node: target };
  return { flow: target.flow, node: target.at ?? flowTable[target.flow].start };
}

/** Into another flow: remember where to come back to; a flow that is waiting further down is not entered twice. */
function jump(state: State, from: FlowName, target: AnyTarget): State {
  if (typeof target === 'string') return state;
  const waiting = state.returns.findIndex((place) => place.flow === target.flow);
  const returns = waiting < 0 ? state.returns : state.returns.slice(0, waiting);
  const detour = target.detour ? { detour: true as const } : {};
  const back = target.back ? [{ flow: from, node: target.back, ...detour }] : [];
  return {
    ...state,
    returns: [...returns, ...back].slice(-maxReturns),
    ...(target.topic ? { topic: target.topic as Topic } : {}),
  };
}

/** The open question is left; "back" returns to it. */
export function leaveQuestion(state: State): State {
  const { aside: _, at, ...rest } = state;
  if (!at) return rest;
  const step = { flow: at.flow, node: at.node, returns: state.returns };
  return { ...rest, trail: [...state.trail, step].slice(-maxTrail) };
}

function addToLedger(state: State, place: Place, now: number): State {
  return { ...state, ledger: [...state.ledger, { ...place, at: now }].slice(-maxLedger) };
}

/** A request that was sent or withdrawn is over: the next one starts empty. */
function forgetRequest(state: State): State {
  const { topic: _, answers, ...rest } = state;
  const { contactSupport: __, ...others } = answers;
  return { ...rest, answers: others };
}

/** Writes the answer down, in the flow's answers and in the ledger. */
export function answer(state: State, place: Place, given: Given): State {
  const last = state.ledger.findLastIndex((step) => step.flow === place.flow && step.node === place.node);
  const ledger = state.ledger.map((step, i) => (i === last ? { ...step, given } : step));
  const answers = { ...state.answers, [place.flow]: { ...state.answers[place.flow], [place.node]: given } };
  return { ...state, ledger, answers };
}
