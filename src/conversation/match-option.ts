/** Which of the offered options a typed answer means: in words, by its number, or by its first letters. */
import { foldAnswer as fold } from '../language/fold.ts';
import type { Choice, Words } from './state.ts';

export interface Option {
  name: string;
  choice: Choice;
  /** Keys under which further words for it stand. */
  acceptKeys: readonly string[];
}

/** @returns the option's name, or undefined when none or more than one fits. `digits: false` where a number is an answer of its own; `loosely: false` where the words are known to mean something else. */
export function matchOption(
  text: string,
  options: readonly Option[],
  words: Words,
  language: string,
  { digits = true, loosely = true } = {},
): string | undefined {
  const said = fold(text);
  const number = /^\s*(\d{1,2})\s*[.)]?\s*$/.exec(text.normalize('NFKC'))?.[1];
  if (number) return digits ? options[Number(number) - 1]?.name : undefined;
  if (said === '') return undefined;

  const inTongue = (tongue: string) =>
    options.map((option) => ({ name: option.name, forms: formsOf(option, words, tongue) }));
  const own = inTongue(language);
  const exactly = (among: typeof own) => only(among.filter((option) => option.forms.includes(said)));
  const exact = exactly(own);
  if (exact) return exact;
  // A button of the question as it was put in another language: "no" is no, though "noteikti" (yes) begins with it.
  for (const other of words.languages) {
    const found = other === language ? undefined : exactly(inTongue(other));
    if (found) return found;
  }
  // "jah, aga ...": the answer first, then its reason.
  const [, head = '', reason = ''] = /^([^,.;:!]{1,40}?)(?:[,.;:!]|\s[–-]\s)(.*)/s.exec(text) ?? [];
  const leading = head && only(own.filter((option) => option.forms.includes(fold(head))));
  if (leading) return isPlain(leading) ? (byReason(reason, options, words, language) ?? leading) : leading;
  const [first = '', ...others] = said.split(' ');
  if (loosely && others.length > 0 && others.length <= fewWords) {
    const plain = only(own.filter(({ name, forms }) => isPlain(name) && forms.includes(first)));
    if (plain) return byReason(others.join(' '), options, words, language) ?? plain;
  }
  if (!said.includes(' ') || said.length >= 5) {
    // A letter or two begin the label, or a word that stands for it; of a phrase they say too little.
    const begins = (form: string, at: number) =>
      form.startsWith(said) && (at === 0 || said.length > 2 || !form.includes(' '));
    const begun = own.filter((option) => option.forms.some(begins));
    // "j" is "jah", although "jah, aga ..." begins with it too.
    const prefix = only(begun) ?? only(begun.filter(({ name }) => isPlain(name)));
    if (prefix) return prefix;
  }
  return loosely ? closest(said, options, words, language) : undefined;
}

/** "jah oleme küll": so many words may follow a plain yes or no. */
const fewWords = 3;
const isPlain = (name: string) => name === 'yes' || name === 'no';

/** "jah, aga vana postkasti enam pole": what follows the yes may be another option's own words. */
function byReason(reason: string, options: readonly Option[], words: Words, language: string): string | undefined {
  const others = options.filter(({ name }) => !isPlain(name));
  return optionInSentence(reason, others, words, language);
}

/** Words that share this many first letters are taken for forms of one word. */
const stemLength = 4;
const closeEnough = 0.6;

/** The option that shares most words with the answer, whatever their endings; undefined when that is not clear. */
function closest(said: string, options: readonly Option[], words: Words, language: string): string | undefined {
  if (/\d/.test(said)) return undefined;
  const mine = stemsOf(said);
  const scored = options
    .map((option) => {
      const label = stemsOf(words.folded(language, option.choice.part.key));
      const shared = [...mine].filter((stem) => label.has(stem)).length;
      // One shared stem says too little, be it the only one.
      return { name: option.name, score: shared < 2 ? 0 : shared / Math.max(mine.size, label.size / 2) };
    })
    .sort((a, b) => b.score - a.score);
  const [first, second] = scored;
  return first && first.score >= closeEnough && first.score > (second?.score ?? 0) ? first.name : undefined;
}

const stemsOf = (folded: string) =>
  new Set(
    folded
      .split(' ')
      .filter((word) => word.length >= 3)
      .map((word) => word.slice(0, stemLength)),
  );

/** The one option whose words stand in the sentence. */
export function optionInSentence(
  text: string,
  options: readonly Option[],
  words: Words,
  language: string,
): string | undefined {
  const said = ` ${fold(text)} `;
  const found = options.filter((option) => formsOf(option, words, language).some((form) => said.includes(` ${form} `)));
  return found.length === 1 ? found[0]?.name : undefined;
}

function formsOf({ choice, acceptKeys }: Option, words: Words, language: string): string[] {
  const label = words.folded(language, choice.part.key);
  const others = acceptKeys.flatMap((key) => words.accept(language, key));
  return label === '' ? others : [label, ...others];
}

function only(found: readonly { name: string }[]): string | undefined {
  return found.length === 1 ? found[0]?.name : undefined;
}
