/** What is stored of a conversation, what comes in, what goes out. Everything is by name: a later version, or an agent in another language, can read it. */
import type { OpenHours } from '../config/values.ts';
import type { FlowName, Topic } from '../flow/define-flow.ts';
import type { Understanding } from '../language/understand/intents.ts';
import type { SupportTimes } from '../support/reply-by.ts';

/** The answer to one question: an option's name, a value in its plain form (ISO date, ISO country, number), or left out. */
export interface Given {
  option?: string;
  value?: string | number;
  leftOut?: true;
}

export interface Place {
  flow: FlowName;
  node: string;
}
/** Where the customer is brought back to when the flow above it has ended. */
export type Return = Place & { detour?: true };

/** One line of the ledger: a node that was shown, and what was answered there. */
export interface Step extends Place {
  /** Milliseconds since 1970. */
  at: number;
  given?: Given;
}

/** A question of the bot itself, on top of the flow's open question. */
export type Aside =
  | { kind: 'menu' }
  | { kind: 'language' }
  | { kind: 'resume' }
  | { kind: 'stuck' }
  | { kind: 'guesses'; guesses: string[] }
  | { kind: 'offers'; offers: FlowName[] }
  /** After an agent has closed the request: was the help good, and if not, why? */
  | { kind: 'rating' }
  | { kind: 'ratingWhy' }
  /** What is kept about the customer. */
  | { kind: 'data' }
  /** Is it really they who want to see it, or to have it erased? `tries`: answers that were wrong. */
  | { kind: 'proof'; of: 'show' | 'erase'; tries: number };

/** The notice about the data, as it was said: its wording's version, what the settings put into it, when (milliseconds since 1970). */
export interface Seen {
  version: number;
  terms: string;
  at: number;
}

/** A request at the agents' desk. */
export interface Handoff {
  ticket: string;
  /** The bot talks (`waiting`); what is typed goes to the agent (`talking`); the bot walks a flow for the agent (`guided`). */
  mode: 'waiting' | 'talking' | 'guided' | 'closed';
  /** The question that the agent has asked last. */
  asked?: string;
  /** When the walk for the agent began. */
  since?: number;
  /** What the bot did not understand since the agent has closed it: passed on when it is opened again. */
  unsaid?: string;
  /** An agent hub behind the channel has it (ADR 5), not the agents' own desk. */
  hub?: true;
}
/** What an agent hub says of a hand-off. */
export type HandoffStatus = 'accepted' | 'completed' | 'failed';

export interface State {
  schema: 1;
  /** BCP 47 primary tag, one of the offered languages. */
  language: string;
  /** ISO 3166 code; set only by the customer's word. */
  country?: string;
  /** IANA name, from the client. */
  timeZone?: string;
  greeted?: true;
  /** The notice that was said, until the customer has typed on after it. */
  notice?: Seen;
  /** The notice after which they have. */
  consent?: Seen;
  /** The open question, and the version of its flow when it was put. */
  at?: Place & { version: number };
  aside?: Aside;
  returns: Return[];
  /** For "back": the open questions before this one, oldest first. */
  trail: (Place & { returns: Return[] })[];
  answers: { [F in FlowName]?: Record<string, Given> };
  topic?: Topic;
  ledger: Step[];
  /** What else the last message could have meant: offered when the customer says "not that". */
  others?: string[];
  /** Messages not understood, and answers that could not be read, running. */
  misses: number;
  /** Numbers of the requests passed on. */
  tickets: string[];
  /** When those of the last day were passed on. */
  passedOnAt?: number[];
  handoff?: Handoff;
  /** Where the customer wants mail about the request. */
  address?: string;
  /** When something was last received. */
  seenAt: number;
}

export type Event =
  | { type: 'join'; language?: string; timeZone?: string }
  | { type: 'message'; text: string; secrets?: readonly Secret[]; timeZone?: string }
  | { type: 'upload' }
  /** Chosen on the page, beside the talk. */
  | { type: 'language'; language: string }
  /** The chat was in sight when this line of the transcript had come. */
  | { type: 'seen'; upTo: number }
  /** From the agent hub that stands behind the customer's channel. */
  | { type: 'hub'; status: HandoffStatus };
/** What an agent does to the customer's talk. */
export type DeskEvent =
  | { what: 'joined'; name: string; language: string }
  | { what: 'left'; name: string }
  | { what: 'answer'; id: string; name: string; text: string }
  | { what: 'ready'; id: string; name: string; ready: string }
  | { what: 'guide'; id: string; name: string; flow: FlowName; node?: string }
  | { what: 'ask'; id: string; name: string; field: string }
  | { what: 'closed'; name: string }
  /** Nobody has taken it in the configured time, `since` it became free; support was told so by mail, or was not. */
  | { what: 'unclaimed'; since: number; byMail: boolean; address: boolean }
  /** Agents cannot be reached at their desk any more; support was told so by mail, or was not. */
  | { what: 'stopped'; byMail: boolean; address: boolean }
  /** So much has been mailed to the customer that the rest goes later. */
  | { what: 'mailLater' };
export type Secret = 'card' | 'iban' | 'password' | 'resetLink';

/** A value in a text; it gets its looks in the customer's language, at the very end. */
export type Value =
  | string
  | number
  | { date: string }
  | { weekday: string }
  /** Minutes since midnight. */
  | { time: number }
  /** Of a week. */
  | { hours: readonly OpenHours[] }
  | { country: string }
  /** BCP 47. */
  | { language: string }
  | { number: number }
  | { part: Part }
  /** The customer's own words: shown literally. */
  | { words: string }
  | { lines: { label: Part; value: Value }[] }
  | { numbered: Part[] }
  | { sentences: Part[] };

/** A text by its key (`namespace:path`) and values. */
export interface Part {
  key: string;
  count?: number;
  values?: Record<string, Value>;
}

export interface Choice {
  part: Part;
  /** Offered with every question: back, start over, a human ... */
  command?: true;
}

/** One message of the bot. */
export interface Reply {
  parts: Part[];
  choices: Choice[];
  flow: FlowName | 'answers' | null;
  node: string;
  outcome?: string;
  intent?: string;
  ticket?: string;
  link?: 'form';
  /** All that is stored of the conversation can be fetched now, once. */
  export?: true;
  /** The number under which the erasure of this conversation is kept. */
  receipt?: string;
  /** The agent who says it. */
  from?: string;
  /** An agent's own words, as typed; no parts then. */
  typed?: string;
}

/** What is passed to CPS Priority support: names and values, no wording. */
export interface Request {
  id: string;
  openedAt: number;
  language: string;
  country?: string;
  topic: Topic;
  /** The step of the walk-through that was reached. */
  stage: string;
  fields: { field: string; given: Given }[];
  ledger: Step[];
}
export type Effect =
  | { type: 'openTicket'; request: Request }
  /** A message that was not understood, for those who care for the phrases. */
  | { type: 'unknown'; text: string; language: string }
  /** Asked for and confirmed by the customer: everything that is stored about them. */
  | { type: 'showData' }
  | { type: 'eraseData' };
/** What a customer may ask for a few times only, about one request: each can bring mail to somebody who never asked for it. */
export type MailWish = 'address' | 'transcript';
/** What a customer does to the request in `state.handoff`. */
export type CustomerEffect = { ticket: string } & (
  | { type: 'relay'; text: string; field?: string; given?: Given }
  | { type: 'left' }
  | { type: 'reopen' }
  | { type: 'rate'; good: boolean; why?: string }
  /** The talk goes on in another language. */
  | { type: 'language'; language: string }
  | { type: 'progress'; steps: Step[] }
  | { type: 'address'; address: string }
  /** The course of the talk by mail, to the address given in it. */
  | { type: 'transcript'; to: string }
  /** One time too many: another address, or the talk by mail. */
  | { type: 'refused'; what: MailWish }
  | { type: 'seen'; upTo: number }
  | { type: 'hub'; status: HandoffStatus }
);

/** What the core must know of the world; nothing in it changes during a turn. */
export interface World {
  /** Milliseconds since 1970. */
  now: number;
  words: Words;
  understand(text: string, language: string): Understood;
  newTicketId(): string;
  /** The request at the desk, else the one that was passed on last, as it is stored. */
  request?: RequestFacts | undefined;
  settings: Settings;
}
/** What the talk has to know of a request. */
export interface RequestFacts {
  /** Nobody has closed it. Without a desk nobody can. */
  open: boolean;
  /** Where answers go that are not seen in the chat. */
  address: string | undefined;
  /** An agent has answered while that address stood in the request. */
  answered: boolean;
  /** How often the customer has had another address, and the talk by mail. */
  wishes: Readonly<Record<MailWish, number>>;
}
export interface Settings {
  /** CPS Priority support can be reached: by mail, or at a desk that is set up. */
  reachable: boolean;
  /** Agents answer in this chat: requests go to their desk, and what is typed can be passed on. */
  desk?: boolean | undefined;
  /** Where requests go by mail. */
  supportEmail?: string | undefined;
  /** When support is open and how soon it answers, as far as that is configured. */
  support?: SupportTimes | undefined;
  faqUrl?: string | undefined;
  privacyUrl?: string | undefined;
  dataController?: string | undefined;
  retentionDays?: number | undefined;
  tierThresholds?: { silver: number; gold: number; platinum: number } | undefined;
}
/** The words a customer may type, per language; the core asks for them and never writes any. */
export interface Words {
  languages: readonly string[];
  /** The label of an option or a command, as on the button. */
  label(language: string, key: string): string;
  /** The label in the form in which answers are compared with it. */
  folded(language: string, key: string): string;
  /** Other words for it, folded; an empty list when the key has none. */
  accept(language: string, key: string): readonly string[];
}
/** What src/language/understand makes of a message; its own text and score do not matter here. */
export type Understood = Omit<Understanding, 'text' | 'score'>;

export interface Outcome {
  state: State;
  /** The customer's words, where the bot did not understand them. */
  missed?: string;
  replies: Reply[];
  effects: Effect[];
  toDesk?: CustomerEffect[];
}

export function newState(language: string, now: number): State {
  return { schema: 1, language, returns: [], trail: [], answers: {}, ledger: [], misses: 0, tickets: [], seenAt: now };
}
