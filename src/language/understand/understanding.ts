import { bestThree, scoreOf } from './calibration.ts';
import { chooseLanguage } from './choose-language.ts';
import { clausesOf, withoutGreeting } from './clauses.ts';
import type { UnderstandingData } from './data.ts';
import { featuresOf } from './features.ts';
import { evidenceOf } from './intent-model.ts';
import { type Decision, INTENTS, type IntentName, NONE, type Ranked, type Understanding } from './intents.ts';
import { languageOdds } from './language-model.ts';
import type { Match } from './lexicon.ts';
import { createLexicons, meaningOf } from './lexicons.ts';
import type { Model } from './model.ts';
import { languageNamed, type Ruled, routeOf, wholeMessage } from './rules.ts';
import { wordsOf } from './words.ts';

export type UnderstandingOptions = {
  data: UnderstandingData;
  model: Model;
  /** Language of a message without letters outside a conversation. Default `en`. */
  fallbackLanguage?: string;
};

export type Understand = {
  /** Pure and synchronous; p99 under 1 ms. `conversationLanguage` decides what a short message leaves open. */
  understand(text: string, conversationLanguage?: string): Understanding;
};

/** A second language is looked at from these odds on. */
const PERHAPS = 0.2;
/** In a message up to this many words, a rule may speak any language: "latviski" in an Estonian talk. */
const RULE_IN_ANY_LANGUAGE = 6;
const SOCIAL = new Set<IntentName>(['greeting', 'thanks', 'cancel', 'start-over']);

type Judged = { score: number; decision: Decision; ranking: Ranked[]; outOfScope: boolean };

export function createUnderstanding({ data, model, fallbackLanguage = 'en' }: UnderstandingOptions): Understand {
  const lexicons = createLexicons(data);
  const { languages } = model.languages;
  for (const language of languages) lexicons.match(language, []);

  const oddsOf = (text: string): { language: string; odds: number }[] => {
    const odds = languageOdds(model.languages, text);
    if (!odds) return [];
    return languages.map((language, at) => ({ language, odds: odds[at]! })).sort((a, b) => b.odds - a.odds);
  };

  const judge = (words: readonly string[], matches: readonly Match[], language: string): Judged => {
    const evidence = evidenceOf(model.intents, words, featuresOf(words, meaningOf(matches)));
    const three = bestThree(evidence.odds);
    const limits = model.intents.thresholds[language] ?? { answer: 0.9, offer: 0.3 };
    const spoken = words.some((word) => word !== '#');
    const score = spoken ? scoreOf(model.intents.calibration, evidence) : 0;
    const first = evidence.odds[three[0]] || 1;
    const ranking = three.map((at) => ({ intent: INTENTS[at]!, score: (score * evidence.odds[at]!) / first }));
    const decision = score >= limits.answer ? 'answer' : score >= limits.offer ? 'offer' : 'none';
    return { score, decision, ranking, outOfScope: evidence.odds[NONE]! > first };
  };

  const ruledBy = (words: readonly string[], text: string, inLanguages: readonly string[]): Ruled | undefined => {
    for (const language of inLanguages) {
      const ruled = wholeMessage(words, lexicons.match(language, words), text.includes('?'));
      if (ruled) return ruled;
    }
    return undefined;
  };

  /** A second clause that would be answered on its own, with another intent than the message as a whole. */
  const alsoAsked = (text: string, first: IntentName, language: string): IntentName | undefined => {
    const isAnd = (word: string): boolean =>
      lexicons.match(language, wordsOf(word)).some(({ token }) => token === 'and');
    const clauses = clausesOf(text, isAnd);
    if (clauses.length < 2) return undefined;
    const intents = clauses.map((clause) => {
      const words = wordsOf(clause);
      const judged = judge(words, lexicons.match(language, words), language);
      return judged.decision === 'answer' ? judged.ranking[0]!.intent : undefined;
    });
    if (!intents.includes(first)) return undefined;
    return intents.find((intent) => intent && intent !== first && !SOCIAL.has(intent));
  };

  return {
    understand(text, conversationLanguage) {
      const words = wordsOf(text);
      const odds = oddsOf(text);
      const chosen = chooseLanguage(
        {
          text,
          words,
          odds,
          conversationLanguage,
          hasCommonWord: (language) => lexicons.match(language, words).some(({ token }) => token === 'common'),
        },
        fallbackLanguage,
      );
      const said = { text, language: chosen.language, languageSure: chosen.sure };
      const near = odds.filter((one) => one.odds >= PERHAPS).map((one) => one.language);
      const candidates = [
        ...new Set([chosen.language, ...near, ...(conversationLanguage ? [conversationLanguage] : [])]),
      ];
      const matches = candidates.flatMap((language) => lexicons.match(language, words));

      const anyLanguage = words.length <= RULE_IN_ANY_LANGUAGE ? odds.map((one) => one.language) : [];
      const ruled = ruledBy(words, text, [...new Set([...candidates, ...anyLanguage])]);

      const asked = withoutGreeting(words, matches);
      const askedMatches =
        asked === words ? matches : candidates.flatMap((language) => lexicons.match(language, asked));
      const judged = judge(asked, askedMatches, chosen.language);
      if (ruled) return answered(said, ruled, judged.ranking);
      const { ranking, score, outOfScope } = judged;
      const route = routeOf(matches);
      if (route && route !== 'human') return { ...said, intent: 'none', score, decision: 'none', ranking, route };
      const anger = route ? { route } : {};
      const first = ranking[0]!.intent;
      if (judged.decision !== 'answer') {
        return {
          ...said,
          intent: 'none',
          score,
          decision: judged.decision,
          ranking,
          ...anger,
          ...(outOfScope ? { outOfScope } : {}),
        };
      }
      const also = alsoAsked(text, first, chosen.language);
      const wanted = first === 'change-language' ? languageNamed(matches) : undefined;
      return {
        ...said,
        intent: first,
        score,
        decision: 'answer',
        ranking,
        ...anger,
        ...(also ? { also } : {}),
        ...(wanted ? { wanted } : {}),
      };
    },
  };
}

type Said = Pick<Understanding, 'text' | 'language' | 'languageSure'>;

/** A rule is certain: the model's own favourites only fill the ranking. */
function answered(said: Said, { intent, wanted }: Ruled, others: readonly Ranked[]): Understanding {
  const rest = others.filter((one) => one.intent !== intent).slice(0, 2);
  const ranking = [{ intent, score: 1 }, ...rest.map((one) => ({ intent: one.intent, score: 0 }))];
  return { ...said, intent, score: 1, decision: 'answer', ranking, ...(wanted ? { wanted } : {}) };
}
