/** What telling the language needs to know about a message. */
export type LanguageEvidence = {
  text: string;
  words: readonly string[];
  /** Languages with their odds, best first; empty for a message without letters. */
  odds: readonly { language: string; odds: number }[];
  /** Whether the message has one of that language's commonest words ("ja", "un", "the"): names and codes have none. */
  hasCommonWord(language: string): boolean;
  conversationLanguage: string | undefined;
};

export type LanguageChoice = { language: string; sure: boolean };

const SHORT = 15;
const SENTENCE_WORDS = 3;
const SURE = 0.8;
/** What another language must reach in a short message before the conversation's own gives way. */
const CLEARLY_OTHER = 0.9;

/**
 * The language of a message. In a conversation, a name, a number or one word never changes it; a short message only when
 * it clearly stands in another language; `sure` is kept for a clear sentence.
 */
export function chooseLanguage(evidence: LanguageEvidence, fallback: string): LanguageChoice {
  const { text, words, odds, conversationLanguage: own } = evidence;
  const best = odds[0];
  if (!best) return { language: own ?? fallback, sure: false };
  const spoken = words.filter((word) => word !== '#').length;
  const sentence = spoken >= SENTENCE_WORDS && text.trim().length >= SHORT;
  const sure = sentence && best.odds >= SURE && evidence.hasCommonWord(best.language);
  if (!own || best.language === own || sure) return { language: best.language, sure };
  const clearlyOther =
    spoken >= 2 && best.odds >= CLEARLY_OTHER && evidence.hasCommonWord(best.language) && !evidence.hasCommonWord(own);
  return { language: clearlyOther ? best.language : own, sure: false };
}
