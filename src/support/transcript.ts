/** The course of a talk, as lines of the store: to be read by people, and passed on with a request. */
import { sourceOf } from '../conversation/known.ts';
import type { Request } from '../conversation/state.ts';
import { render } from '../language/render.ts';
import type { Texts } from '../language/texts.ts';
import type { Line, Store } from '../store/port.ts';

/** What is looked at of a stored activity. */
interface Said {
  text?: string;
  textFormat?: string;
  from?: { role?: string };
  channelData?: { support?: { agent?: string; flow?: string | null; node?: string } };
  suggestedActions?: { actions?: { title: string; channelData?: { support?: string } }[] };
}

/** A longer talk is passed on without its beginning. */
const mostLines = 1000;
const perRead = 500;

/** @param upTo the last line wanted */
export async function readTalk(
  store: Pick<Store, 'lines'>,
  conversation: string,
  upTo = Number.POSITIVE_INFINITY,
): Promise<Line[]> {
  let talk: Line[] = [];
  for (let after = 0; ; after += perRead) {
    const lines = await store.lines(conversation, after, perRead);
    talk = [...talk, ...lines.filter(({ seq }) => seq <= upTo)].slice(-mostLines);
    if (lines.length < perRead || after + perRead >= upTo) return talk;
  }
}

/**
 * The talk without what the customer has left out of the request (table F): the answers to its questions, what the bot said to
 * them in other parts of the talk, and the summaries, in which they may stand.
 */
export function withoutLeftOut(lines: readonly Line[], { fields }: Request): readonly Line[] {
  const left = fields.filter(({ given }) => given.leftOut).map(({ field }) => field);
  if (left.length === 0) return lines;
  const questions = left.flatMap((field) => [{ flow: 'contactSupport', node: field }, sourceOf(field) ?? []]).flat();
  const hidden = new Set(questions.map(({ flow, node }) => `${flow}.${node}`));
  let asked = '';
  let answered = '';
  return lines.filter(({ value }) => {
    const { from, channelData } = value as Said;
    if (from?.role !== 'bot') {
      answered = asked;
      return !hidden.has(answered);
    }
    const { flow, node } = channelData?.support ?? {};
    asked = `${flow}.${node}`;
    if (flow === 'contactSupport') return node !== 'summary';
    return !hidden.has(answered) || answered.startsWith('contactSupport.');
  });
}

/** Who, and the words as typed; the bot's without its markup. */
export function spoken(lines: readonly Line[], language: string, texts: Texts): { who: string; words: string }[] {
  const name = (key: string) => render({ key }, language, texts, 'plain');
  return lines.flatMap(({ value }) => {
    const { text, textFormat, from, channelData } = value as Said;
    if (!text) return [];
    const agent = channelData?.support?.agent;
    const who = agent ?? name(from?.role === 'bot' ? 'desk:lists.bot' : 'desk:lists.customer');
    const words = from?.role === 'bot' && textFormat === 'markdown' ? withoutMarkup(text) : text;
    return [{ who, words: agent && words.startsWith(`${agent}: `) ? words.slice(agent.length + 2) : words }];
  });
}

/** What a question offers to choose from: no command that stands with every question, and no lone way to leave it out. */
export function choicesIn({ value }: Line): string[] {
  const { actions = [] } = (value as Said).suggestedActions ?? {};
  const choices = actions.filter(({ channelData }) => channelData?.support !== 'command').map(({ title }) => title);
  return choices.length > 1 ? choices : [];
}

/** Our own texts use `*`, `**`, backticks and lists; a sign with a backslash is one that somebody typed. */
const withoutMarkup = (text: string) => text.replace(/\\([!-/:-@[-`{-~])|[*`]/g, (_, typed?: string) => typed ?? '');
