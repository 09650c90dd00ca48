/** Latin letters that carry no separable mark, and the letters people type instead. */
const plain: Record<string, string> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  ħ: 'h',
  þ: 'th',
};

/**
 * Lower case without diacritics, punctuation kept: "Pagājušajā 20. Nov." -> "pagajusaja 20. nov.".
 * Cyrillic keeps its letters (й stays й), only ё becomes е, because nobody is consistent about it.
 */
export function foldLetters(text: string): string {
  // Most words are plain ASCII, for which the rest changes nothing.
  if (/^[ -~]*$/.test(text)) return text.toLowerCase();
  return text
    .replace(/\p{Cf}/gu, '')
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(/(\p{Script=Latin})\p{M}+/gu, '$1')
    .normalize('NFC')
    .replace(/\p{M}/gu, '')
    .replace(/[łøđðßæœıħþ]/g, (letter) => plain[letter] ?? letter)
    .replaceAll('ё', 'е');
}

/**
 * The one form in which words are compared: NFKC, lower case, no diacritics, everything but letters and digits turned
 * into single spaces. "  Üle-eile 😀" -> "ule eile". Missing diacritics are the rule in chat.
 */
export function fold(text: string): string {
  return foldLetters(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** For comparing answers: "e-mail", "e mail" and "email" are one word, in every language that writes it so. */
export function foldAnswer(text: string): string {
  return fold(text).replace(/(?<![\p{L}])e (?=(mail|kir|post|past))/gu, 'e');
}
