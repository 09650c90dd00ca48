/** Everything that can be said against a language's texts without knowing the language. */
import { localesFolder, referenceLanguage } from '../../src/language/texts.ts';
import { type Locale, localeFolders, readLocale } from './locale-files.ts';
import { checkKeys } from './locale-keys.ts';
import { checkQuestions, checkShared } from './locale-questions.ts';
import { checkWording } from './locale-wording.ts';
import type { Problem } from './problem.ts';

export function checkLocale(locale: Locale, reference: Locale): Problem[] {
  return [...checkKeys(locale, reference), ...checkWording(locale), ...checkQuestions(locale)];
}

/** Every language of the folder, with what is wrong in it; what no wording can mend stands with the reference. */
export function checkLocales(folder = localesFolder): { language: string; problems: Problem[] }[] {
  const reference = readLocale(referenceLanguage, folder).locale;
  return localeFolders(folder).map((language) => {
    const { locale, problems } = readLocale(language, folder);
    const shared = language === referenceLanguage ? checkShared() : [];
    return { language, problems: [...problems, ...checkLocale(locale, reference), ...shared] };
  });
}
