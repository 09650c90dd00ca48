/** Which of our languages somebody names, in any of them: "läti", "latviešu valoda", "Latvian!", "lv". */
import { fold } from '../../language/fold.ts';
import type { Texts } from '../../language/texts.ts';
import { languageName } from '../../language/values/language-name.ts';

/** @returns its BCP 47 tag */
export function languageNamed(words: string, texts: Texts): string | undefined {
  const said = fold(words);
  const named = (test: (name: string) => boolean) => texts.languages.find((tag) => namesOf(tag, texts).some(test));
  // Alone, or with words such as "language" around it; a tag alone only, for it may be a word of another language.
  return (
    texts.languages.find((tag) => tag === said) ??
    named((name) => name === said) ??
    named((name) => said.split(' ').includes(name))
  );
}

const namesOf = (tag: string, texts: Texts): string[] =>
  [
    texts.label(tag, 'bot:language.name'),
    ...texts.accept(tag, 'bot:language.accept'),
    ...texts.languages.map((language) => languageName(tag, language)),
  ].map(fold);
