import type { WebTexts } from './texts.ts';

/**
 * The widget with its texts and styles in it, so that a website loads one file and nothing else until the chat is opened.
 * @param source `browser/widget.js`, with a place for each
 * @param contact the support team's address, where one is configured
 * @throws Error when the source has lost a place
 */
export function completeWidget(
  source: string,
  styles: string,
  texts: Readonly<Record<string, WebTexts>>,
  contact: string | undefined,
): string {
  const parts: Record<string, unknown> = {
    __TEXTS__: Object.fromEntries(
      Object.entries(texts).map(([language, { widget, frame }]) => [
        language,
        { ...widget, title: frame.pageTitle, contact: frame.contact },
      ]),
    ),
    __CONTACT__: contact ?? null,
    __STYLES__: styles.replace(/\/\*.*?\*\//gs, '').replace(/\s+/g, ' '),
  };
  return Object.entries(parts).reduce((code, [place, value]) => {
    if (code.split(place).length !== 2) throw new Error(`browser/widget.js must contain ${place} exactly once`);
    return code.replace(place, () => JSON.stringify(value));
  }, source);
}
