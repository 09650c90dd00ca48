/**
 * What a flow is made of. A flow is a table: question -> answer -> where to go next. It holds no text: the names of its
 * nodes and options *are* the keys of `locales/<lng>/flows.json`, so a missing text, option or target does not compile.
 */
import type { IntentName } from '../language/understand/intents.ts';

type Texts = typeof import('../../locales/en/flows.json');

export type FlowName = Exclude<keyof Texts, 'answers'>;
export type AnswerName = keyof Texts['answers'];
export type NodeOf<F extends FlowName> = keyof Texts[F] & string;
export type OptionOf<F extends FlowName, N extends NodeOf<F>> = Texts[F][N] extends { options: infer O }
  ? keyof O & string
  : never;

/** F1-F48 of docs/domain/facts.json. */
export type Fact = `F${number}`;
/** A row of docs/domain/decisions.json, such as `A4b`. */
export type Row = string;
type OneOrMore<T> = T | readonly T[];

/** Where contactSupport starts from: its `topic` is then already known. */
export type Topic = OptionOf<'contactSupport', 'topic'>;

/** Another flow; `back` is the node of this flow to which the customer is brought back when that flow has ended. */
export type Jump<F extends FlowName, C extends string> = {
  [G in FlowName]: {
    flow: G;
    at?: NodeOf<G>;
    back?: NodeOf<F> | C;
    topic?: G extends 'contactSupport' ? Topic : never;
  };
}[FlowName];
export type Target<F extends FlowName, C extends string> = NodeOf<F> | C | Jump<F, C>;

/** Kinds of values that a question can ask for; each is read by one function of src/conversation/read-value.ts. */
export type ValueKind = 'points' | 'pastDate' | 'futureDate' | 'country' | 'email' | 'text' | 'number';

interface Says {
  /** The facts that this node's text states. */
  says?: readonly Fact[];
  /** The decision rows that this node carries out. */
  row?: OneOrMore<Row>;
  /** Conclusions of ours are worded as such in the text ([I] in the decision tables). */
  inferred?: true;
  /** The place in the walk-through, shown above the text. */
  step?: Step;
  /** A link button below the text. */
  link?: 'form';
}
type Rows<O extends string> = { [K in O]?: OneOrMore<Row> };

/** A question with options; with `ask`, any other answer is read as a value of that kind and goes to `next`. */
type Choose<F extends FlowName, N extends NodeOf<F>, C extends string> = Says & {
  choose: { [O in OptionOf<F, N>]: Target<F, C> };
  rows?: Rows<OptionOf<F, N>>;
  ask?: ValueKind;
  next?: Target<F, C>;
  /** The answer may stand in the sentence that brought the customer here: "card charged when??" */
  fromSentence?: true;
  /** Further lists of accepted words (`bot.json` accept.*) for an option here. */
  also?: { [O in OptionOf<F, N>]?: string };
  /** Asked about the subject once more while this question is open: the node that says it. */
  retell?: NodeOf<F>;
  /** Options that stand for a value of the kind asked for. */
  means?: { [O in OptionOf<F, N>]?: string };
};
/** A question for a value alone. */
type Ask<F extends FlowName, C extends string> = Says & { ask: ValueKind; next: Target<F, C> };
/** A statement; the talk goes on at once. */
type Tell<F extends FlowName, C extends string> = Says & { next: Target<F, C> };
/** The end of a flow; `offers` are shown as buttons when there is nothing to return to. */
type End = Says & { end: readonly FlowName[]; effect?: 'openTicket' };
/** The customer picks one of the questions answered so far: to answer it again, or to leave the answer out. */
type Pick<F extends FlowName, C extends string> = Says & { pick: 'again' | 'leaveOut'; next: Target<F, C> };

export type Node<F extends FlowName, N extends NodeOf<F>, C extends string> = [OptionOf<F, N>] extends [never]
  ? Ask<F, C> | Tell<F, C> | End | Pick<F, C>
  : Choose<F, N, C>;

/** Code decides here: a named pure function of src/conversation/checks.ts returns one of these labels. */
export interface Check<F extends FlowName, C extends string> {
  by: CheckName;
  to: Record<string, Target<F, C>>;
  rows?: Record<string, OneOrMore<Row>>;
}
export type CheckName =
  | 'due'
  | 'dateKnown'
  | 'loginKnown'
  | 'hadCpsKnown'
  | 'levelOfPoints'
  | 'invited'
  | 'reachable'
  | 'earlier'
  | 'topicKnown'
  | 'nextField'
  | 'delivery';

/** The nine steps of the walk-through. */
export const steps = {
  documents: 1,
  oldEmail: 1,
  form: 1,
  waiting: 1,
  password: 1,
  products: 2,
  points: 2,
  join: 2,
  payment: 2,
} as const;
export type Step = keyof typeof steps;

export interface Flow<F extends FlowName, C extends string> {
  name: F;
  /** Raised when nodes are moved or renamed. Stored with each open question, to tell under which table it was put; where it goes on is decided by its name. */
  version: number;
  start: NodeOf<F> | C;
  nodes: { [N in NodeOf<F>]: Node<F, N, C> };
  checks: { [K in C]: Check<F, NoInfer<C>> };
}

export function defineFlow<const F extends FlowName, const C extends string = never>(
  name: F,
  flow: {
    version?: number;
    start: NodeOf<F> | NoInfer<C>;
    checks?: { [K in C]: Check<F, NoInfer<C>> };
    nodes: { [N in NodeOf<F>]: Node<F, N, NoInfer<C>> };
  },
): Flow<F, C> {
  return { version: 1, checks: {} as Flow<F, C>['checks'], ...flow, name };
}

/** A single fact that somebody may simply ask for; its text is `answers.<name>` of flows.json. */
export interface Answer {
  says?: readonly Fact[];
  row?: OneOrMore<Row>;
  inferred?: true;
  link?: 'form';
  /** Flows that go deeper, shown as buttons. */
  offers?: readonly FlowName[];
}
export function defineAnswers(answers: Record<AnswerName, Answer>) {
  return answers;
}

export type Command =
  | 'keptData'
  | 'showData'
  | 'eraseData'
  | 'back'
  | 'again'
  | 'startOver'
  | 'language'
  | 'human'
  | 'menu'
  | 'cancel'
  | 'notThat'
  | 'hello'
  | 'thanks';

export type Meaning = { flow: FlowName; at?: string } | { answer: AnswerName } | { command: Command };
export function defineIntents(intents: Record<IntentName, Meaning>) {
  return intents;
}

/** Wishes that words alone tell (src/language/understand/rules.ts), finer than an intent. */
export function defineDetails<const D extends Record<string, Meaning>>(details: D): D {
  return details;
}
