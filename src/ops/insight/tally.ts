/**
 * Counts over the stored conversations, requests and messages that were not understood, one document at a time: what was
 * erased is not in them, and no turn pays for them. Only names that stand in today's tables are counted, nothing of a person.
 */
import type { Conversation } from '../../bot/conversations.ts';
import type { Place } from '../../conversation/state.ts';
import { findNode, flowTable } from '../../flow/flow-table.ts';
import type { Store } from '../../store/port.ts';
import { causesOf } from '../../support/causes.ts';
import { type Ticket, verdicts } from '../../support/ticket.ts';
import { gently } from '../gently.ts';
import { isoWeeks } from './iso-week.ts';

/** Who wrote no more for so long, with a question open, has stopped there; a weekend is no reason to think so. */
export const goneAfterHours = 72;
const goneAfter = goneAfterHours * 3600_000;

/** Who is one of so many cannot be told from the others. */
export const least = 5;

/** How often something was the case; the names are words with blanks between them. */
export type Counts = Map<string, number>;
export const of = (counts: Counts, name: string): number => counts.get(name) ?? 0;
/** Of one language in one ISO week. */
export interface Cell {
  language: string;
  week: string;
  counts: Counts;
}
export const waits = ['claim', 'answer', 'close'] as const;

const minuteMs = 60_000;

/** @param now milliseconds since 1970 */
export async function tally(store: Pick<Store, 'scan'>, now: number, timeZone: string): Promise<Cell[]> {
  const cells = new Map<string, Cell>();
  const weekOf = isoWeeks(timeZone);

  /** @returns counts one more of what is named, there */
  function countIn(spoken: unknown, at: number): (name: string) => void {
    const language = typeof spoken === 'string' && /^[a-z]{2,3}$/.test(spoken) ? spoken : 'other';
    const week = weekOf(at);
    const cell = cells.get(`${language} ${week}`) ?? { language, week, counts: new Map<string, number>() };
    cells.set(`${language} ${week}`, cell);
    return (name) => void cell.counts.set(name, (cell.counts.get(name) ?? 0) + 1);
  }

  for await (const { value } of gently(store.scan('conversation'))) {
    const { openedAt, state } = (value ?? {}) as unknown as Partial<Conversation>;
    if (!isTime(openedAt) || !state) continue;
    const count = countIn(state.language, openedAt);
    count('conversations');
    const { at, ledger = [], handoff } = state;
    const open = at && isStep(at) ? at : undefined;
    const steps = new Map([...ledger.filter(isStep), ...(open ? [open] : [])].map((step) => [nameOf(step), step]));
    if (steps.size === 0) count('outside');
    for (const step of steps.keys()) count(`step ${step} reached`);
    for (const flow of new Set([...steps.values()].map((step) => step.flow))) count(`flow ${flow} entered`);
    const ended = [...steps.values()].filter(({ flow, node }) => findNode(flow, node)?.end !== undefined);
    for (const flow of new Set(ended.map((step) => step.flow))) count(`flow ${flow} ended`);
    if (!open) continue;
    if (now - state.seenAt < goneAfter) count(`flow ${open.flow} underWay`);
    else if (!handoff || handoff.mode === 'closed') {
      count('left');
      count(`flow ${open.flow} left`);
      count(`step ${nameOf(open)} left`);
    }
  }

  for await (const { value } of gently(store.scan('ticket'))) {
    const { request, log = [], claimedAt, answeredAt, closedAt, closing } = (value ?? {}) as unknown as Partial<Ticket>;
    if (!request || !isTime(request.openedAt)) continue;
    const { openedAt, topic, ledger = [] } = request;
    const count = countIn(request.language, openedAt);
    count('requests');
    const last = ledger.findLast(isStep);
    if (last) count(`step ${nameOf(last)} asked`);
    const first = log.find(({ what }) => what === 'claim')?.at ?? claimedAt;
    for (const [name, until] of Object.entries({ claim: first, answer: answeredAt, close: closedAt })) {
      if (isTime(until)) count(`wait ${name} ${Math.max(0, Math.round((until - openedAt) / minuteMs))}`);
    }
    const verdict = verdicts.find((one) => one === closing?.verdict);
    if (!closing || !verdict || !Object.hasOwn(topics, topic) || !causesOf(topic).includes(closing.cause)) continue;
    count(`closing ${topic} ${closing.cause} ${verdict}`);
    if (last) count(`last ${nameOf(last)} ${verdict}`);
  }

  for await (const { value } of gently(store.scan('unknown'))) {
    const { at, language } = (value ?? {}) as { at?: unknown; language?: unknown };
    if (isTime(at)) countIn(language, at)('notUnderstood');
  }
  return [...cells.values()];
}

const topics = flowTable.contactSupport.nodes.topic?.choose ?? {};
const isTime = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isStep = ({ flow, node }: Place) => findNode(flow, node) !== undefined;
const nameOf = ({ flow, node }: Place) => `${flow} ${node}`;
