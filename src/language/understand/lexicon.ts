import { wordsOf } from './words.ts';

/** Canonical token -> the forms of one language: "konto", "konto*" (begins with), "*konto*" (holds), "e posti*" (several words). */
export type Synonyms = Record<string, string[]>;

type Entry = { token: string; words: { text: string; open: boolean; inside: boolean }[] };

export type Lexicon = {
  /** Tokens of a message in order of appearance; `from`..`to` are the words covered. */
  match(words: readonly string[]): Match[];
};
export type Match = { token: string; from: number; to: number };

function parse(token: string, form: string): Entry | undefined {
  const parts = form.trim().split(/\s+/);
  const words = parts.flatMap((part) => {
    const folded = wordsOf(part.replaceAll('*', ''));
    return folded.map((text, index) => ({
      text,
      open: part.endsWith('*') && index === folded.length - 1,
      inside: part.startsWith('*'),
    }));
  });
  return words.length > 0 ? { token, words } : undefined;
}

const fits = (word: string, part: Entry['words'][number]): boolean => {
  if (part.inside) return part.open ? word.includes(part.text) : word.endsWith(part.text);
  return part.open ? word.startsWith(part.text) : word === part.text;
};

/** Compiles one language's synonyms; forms are folded like messages, so diacritics and case in the file do not matter. */
export function createLexicon(synonyms: Synonyms): Lexicon {
  const byStart = new Map<string, Entry[]>();
  const inside: Entry[] = [];
  for (const [token, forms] of Object.entries(synonyms)) {
    for (const form of forms) {
      const entry = parse(token, form);
      if (!entry) continue;
      const first = entry.words[0]!;
      if (first.inside) inside.push(entry);
      else byStart.set(first.text, [...(byStart.get(first.text) ?? []), entry]);
    }
  }
  const matchesAt = (words: readonly string[], at: number, entry: Entry): boolean =>
    entry.words.every((part, offset) => {
      const word = words[at + offset];
      return word !== undefined && fits(word, part);
    });
  return {
    match(words) {
      const found: Match[] = [];
      words.forEach((word, at) => {
        const add = (entry: Entry): void => {
          if (matchesAt(words, at, entry)) found.push({ token: entry.token, from: at, to: at + entry.words.length });
        };
        for (let length = 1; length <= word.length; length++) byStart.get(word.slice(0, length))?.forEach(add);
        inside.forEach(add);
      });
      return found;
    },
  };
}
