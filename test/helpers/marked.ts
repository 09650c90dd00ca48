import { expect, test } from 'vitest';
import { MASK, maskSecrets, type SecretKind } from '../../src/language/values/mask.ts';

/** One test for each text: what stands in braces is hidden, everything else stays, and hiding again changes nothing. */
export function testMasked(kind: SecretKind, marked: readonly string[]): void {
  test.each(marked.map((text) => [JSON.stringify(text), text] as const))('%s', (_, text) => {
    const result = maskSecrets(text.replace(/[{}]/g, ''));
    expect(result).toEqual({ text: text.replace(/\{[^}]*\}/gs, MASK), found: [kind] });
    expect(maskSecrets(result.text)).toEqual({ text: result.text, found: [] });
  });
}

export function testUntouched(texts: readonly string[]): void {
  test.each(texts.map((text) => [JSON.stringify(text), text] as const))('%s', (_, text) => {
    expect(maskSecrets(text)).toEqual({ text, found: [] });
  });
}
