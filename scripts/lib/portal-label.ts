/** A label of Canon's portal as it must stand in a text: verbatim, uninflected, in the language's own quotation marks. */
import { labels, typography } from './domain.ts';

/** The languages in which the label itself is known; `en` is translated back from them. */
const known = ['en', 'et', 'lv'] as const;

/** @returns undefined where Canon's wording is not known in that language. */
export function portalLabel(name: string, language: string): string | undefined {
  const label = labels[name];
  if (!label) throw new Error(`docs/domain/labels.json has no label "${name}"`);
  const tongue = known.find((one) => one === language);
  return tongue && quoted(label[tongue], label.quoted, language);
}

export function quoted(words: string, marks: boolean, language: string): string {
  const [open, close] = typography.quotes[language] ?? ['', ''];
  return marks ? `${open}${words}${close}` : words;
}
