/** The intents of `locales/<lng>/utterances.json`; `none` is the twenty-first key there: phrases the bot has no answer to. */
export const INTENTS = [
  'register-account',
  'documents',
  'old-email',
  'validation-wait',
  'password',
  'register-products',
  'migrate-button-missing',
  'green-tick-missing',
  'product-details-forgotten',
  'join-cps',
  'tiers',
  'payment-method',
  'payment-due',
  'member-number-changed',
  'talk-to-human',
  'start-over',
  'change-language',
  'cancel',
  'greeting',
  'thanks',
] as const;

export type IntentName = (typeof INTENTS)[number];

/** Index of `none` in every score vector: the last class. */
export const NONE = INTENTS.length;
export const CLASSES = INTENTS.length + 1;

export type Route = 'human' | 'privacy' | 'complaint' | 'legal' | 'refund';

/** What somebody wants to do with what is kept about them. */
export type DataWish = 'kept' | 'show' | 'erase';

export type Decision = 'answer' | 'offer' | 'none';

/** What exactly is asked or reported, found by rule whatever the intent: some of it has an answer of its own. */
export type Detail =
  | 'link'
  | 'faq'
  | 'usableAtOnce'
  | 'everyProductPoints'
  | 'contact'
  | 'price'
  | 'moneyProblem'
  | 'refusal'
  | 'passwordFails'
  | 'noPasswordMail'
  | 'applied';

export type Ranked = { intent: IntentName; score: number };

/** What the bot takes a message to mean. */
export type Understanding = {
  text: string;
  /** BCP 47 primary tag; the conversation's own language unless the message is clearly in another. */
  language: string;
  /** True only for a clear sentence: reason enough to offer the other language. */
  languageSure: boolean;
  /** `none` unless `decision` is `answer`. */
  intent: IntentName | 'none';
  /** 0..1: how likely the first of `ranking` is right, calibrated by cross-validation. */
  score: number;
  decision: Decision;
  /** The first three, best first. */
  ranking: Ranked[];
  /** A second thing that the same message clearly asks. */
  also?: IntentName;
  /** Deletion of data, legal matters, complaints, anger and refunds go to people by rule (decisions.md F); `intent` stays `none`. */
  route?: Route;
  /** With `route` `privacy`: about what this chat keeps, which the bot can show and erase itself. */
  data?: DataWish;
  /** Changes neither `intent` nor `decision`. */
  detail?: Detail;
  /** With `decision` `none` only: looks like something the bot has no answer to, rather than like two intents at once. */
  outOfScope?: boolean;
  /** Of `change-language`: the language asked for, when named. */
  wanted?: string;
};

const indexes = new Map<string, number>([...INTENTS.map((name, index) => [name, index] as const), ['none', NONE]]);

/** Index of a class by name, `none` included; undefined for an unknown name. */
export const classIndex = (name: string): number | undefined => indexes.get(name);
