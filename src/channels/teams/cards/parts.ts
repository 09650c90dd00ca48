/**
 * The few elements of Adaptive Cards 1.5 that the desk's cards are made of. Everything stands in TextRuns, which show text as it
 * is: TextBlock and Fact would render Markdown, also a customer's.
 */
import type { Press, Seal } from '../seal.ts';

export type Element = { type: string } & Record<string, unknown>;
export type Card = Element & { type: 'AdaptiveCard'; body: Element[] };

export type Choices = { title: string; value: string }[];

interface Looks {
  bold?: boolean;
  subtle?: boolean;
  large?: boolean;
  color?: 'good' | 'warning' | 'attention' | 'accent';
}

export function run(text: string, { bold, subtle, large, color }: Looks = {}): Element {
  return {
    type: 'TextRun',
    text,
    ...(bold ? { weight: 'bolder' } : {}),
    ...(subtle ? { isSubtle: true } : {}),
    ...(large ? { size: 'large' } : {}),
    ...(color ? { color } : {}),
  };
}

export const line = (...runs: Element[]): Element => ({ type: 'RichTextBlock', inlines: runs, spacing: 'small' });
export const text = (words: string, looks: Looks = {}): Element => line(run(words, looks));
export const pair = (label: string, value: string): Element => line(run(`${label}: `, { subtle: true }), run(value));

/** Nothing when there is nothing in it. */
export function section(title: string, items: Element[]): Element[] {
  if (items.length === 0) return [];
  return [{ type: 'Container', separator: true, spacing: 'medium', items: [text(title, { bold: true }), ...items] }];
}

/** Per-user refresh and answers in place where the client has them, a plain submit where it has not. */
export function execute(title: string, press: Press, seal: Seal, more: Record<string, unknown> = {}): Element {
  const data = { desk: seal.put(press) };
  return {
    type: 'Action.Execute',
    title,
    verb: press.verb,
    data,
    ...more,
    fallback: { type: 'Action.Submit', title, data, ...more },
  };
}

/** A button that shows what is hidden below it, and hides it again. @param id unique on the card */
export const unfolding = (title: string, id: string, items: Element[]): Element[] => [
  { type: 'ActionSet', actions: [{ type: 'Action.ToggleVisibility', title, targetElements: [id] }] },
  { type: 'Container', id, isVisible: false, items },
];

/** A button that unfolds a small form. */
export const form = (title: string, body: Element[], send: Element, more: Record<string, unknown> = {}): Element => ({
  type: 'Action.ShowCard',
  title,
  card: { type: 'AdaptiveCard', version: '1.5', body, actions: [send] },
  ...more,
});

/** @param missing said when nothing was filled in */
export const input = (id: string, label: string, missing: string): Element => ({
  ...{ type: 'Input.Text', id, label, isMultiline: true, maxLength: 4000 },
  ...{ isRequired: true, errorMessage: missing },
});

export const choice = (id: string, label: string, choices: Choices, missing: string): Element => ({
  ...{ type: 'Input.ChoiceSet', id, label, style: choices.length > 8 ? 'filtered' : 'compact', choices },
  ...{ isRequired: true, errorMessage: missing },
});

export function card(body: Element[], actions: Element[], language: string, more: Record<string, unknown> = {}): Card {
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    lang: language,
    ...more,
    body: actions.length ? [...body, { type: 'ActionSet', actions }] : body,
  };
}

export const attachment = (content: Card) => ({ contentType: 'application/vnd.microsoft.card.adaptive', content });

/** Of a card as JSON: Teams takes a bot's messages of about 100 KB, two bytes a sign, and recommends 80; some is left for what stands around the card. */
export const mostSigns = 39_000;

/** At most `most` signs. */
export const short = (words: string, most = 300): string =>
  words.length > most ? `${words.slice(0, most - 1)}…` : words;
