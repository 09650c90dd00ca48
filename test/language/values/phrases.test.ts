import { describe, expect, it } from 'vitest';
import { containsPhrase, phraseLength, phrases, wordsOf } from '../../../src/language/values/phrases.ts';

describe('phrases', () => {
  const list = phrases('üle|rohkem kui|reede*|*sada|rohkem|Aujourd’hui');

  it.each([
    ['üle', 1],
    ['ULE', 1],
    ['reedel', 1],
    ['viissada', 1],
    ['rohkem kui', 2],
    ['rohkem', 1],
    ["aujourd'hui", 2],
    ['ülelt', 0],
    ['sadakond', 0],
    ['eereede', 0],
  ])('%s takes %i words', (text, length) => {
    expect(phraseLength(wordsOf(text), 0, list)).toBe(length);
  });

  it('looks only where it is told to, or anywhere', () => {
    const words = wordsOf('natuke üle');
    expect(phraseLength(words, 0, list)).toBe(0);
    expect(phraseLength(words, 1, list)).toBe(1);
    expect(phraseLength(words, 2, list)).toBe(0);
    expect(containsPhrase(words, list)).toBe(true);
    expect(containsPhrase(wordsOf(''), list)).toBe(false);
  });

  it('has no phrase in an empty list', () => {
    expect(containsPhrase(['', 'a'], phrases(''))).toBe(false);
    expect(containsPhrase(['a'], phrases('|*| '))).toBe(false);
  });
});
