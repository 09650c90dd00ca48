/** The flows as the runner sees them: the same tables, with the names as plain strings. */
import { answers, details, flows, intents } from '../../dialogs/index.ts';
import type { Answer, AnswerName, CheckName, Fact, FlowName, Meaning, Step, ValueKind } from './define-flow.ts';

export interface JumpTarget {
  flow: FlowName;
  at?: string | undefined;
  back?: string | undefined;
  topic?: string | undefined;
  /** The customer's own detour, and not the way that the table goes: coming back is then said. */
  detour?: boolean | undefined;
}
export type AnyTarget = string | JumpTarget;
type Rows = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface AnyNode {
  readonly choose?: Readonly<Record<string, AnyTarget>>;
  readonly ask?: ValueKind;
  readonly next?: AnyTarget;
  readonly end?: readonly FlowName[];
  readonly pick?: 'again' | 'leaveOut';
  readonly means?: Readonly<Record<string, string | undefined>>;
  readonly effect?: 'openTicket';
  readonly says?: readonly Fact[];
  readonly row?: string | readonly string[];
  readonly rows?: Rows;
  readonly inferred?: true;
  readonly step?: Step;
  readonly link?: 'form';
  readonly fromSentence?: true;
  readonly also?: Readonly<Record<string, string | undefined>>;
  readonly retell?: string;
}
export interface AnyCheck {
  readonly by: CheckName;
  readonly to: Readonly<Record<string, AnyTarget>>;
  readonly rows?: Rows;
}
export interface AnyFlow {
  readonly name: FlowName;
  readonly version: number;
  readonly start: string;
  readonly nodes: Readonly<Record<string, AnyNode>>;
  readonly checks: Readonly<Record<string, AnyCheck>>;
}

export const flowTable: Readonly<Record<FlowName, AnyFlow>> = flows;
export const answerTable: Readonly<Record<AnswerName, Answer>> = answers;
export const intentTable: Readonly<Record<string, Meaning | undefined>> = intents;
export const detailTable: Readonly<Record<string, Meaning | undefined>> = details;
export const flowNames = Object.keys(flowTable) as FlowName[];

/** The node, or undefined when a stored conversation names one that is no longer there. */
export function findNode(flow: string, node: string): AnyNode | undefined {
  return flowNames.includes(flow as FlowName) ? flowTable[flow as FlowName].nodes[node] : undefined;
}

/** One or several, as the tables allow to write it. */
export function listOf(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
}
