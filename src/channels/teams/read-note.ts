/** Words by which somebody of the team says that something is not for the customer. */
import { fold } from '../../language/fold.ts';
import type { Texts } from '../../language/texts.ts';

/** Up to the first sign that ends a heading; marks of bold type and brackets may stand around it. */
const heading = /^[\s*_#>([]*([\p{L}\p{N} ]{2,40}?)[ *_]*(?:([:：])|[-–—]+(?=\s)|[.;)\]]|\n)[*_)\]]*[:：]?\s*/u;
const mostWords = 5;

/**
 * `note: …` in any language, however it is typed: `NOTE -`, `[note]`, `**Note**:`, `note：`, and with more words before a colon, such
 * as `Internal note:` or `note for Mari:`. In doubt it is a note: what becomes of it is said, and nothing said to the customer can be
 * taken back.
 * @returns what is noted, as typed; undefined for anything else
 */
export function readNote(words: string, texts: Texts): string | undefined {
  const [all, head, colon] = heading.exec(words) ?? [];
  if (all === undefined || head === undefined) return undefined;
  const said = fold(head);
  const isNote = texts.languages
    .flatMap((language) => texts.accept(language, 'desk:prefixes.note'))
    .some(
      (prefix) => said === prefix || (colon && said.startsWith(`${prefix} `) && said.split(' ').length <= mostWords),
    );
  return isNote ? words.slice(all.length).trim() : undefined;
}
