import { bestThree, scoreOf } from './calibration.ts';
import { chooseLanguage } from './choose-language.ts';
import { withoutGreeting } from './clauses.ts';
import type { UnderstandingData } from './data.ts';
import { detailOf } from './details.ts';
import { featuresOf } from './features.ts';
import { evidenceOf } from './intent-model.ts';
import { type Decision, type Detail, INTENTS, NONE, type Ranked, type Understanding } from './intents.ts';
import { languageOdds } from './language-model.ts';
import type { Match } from './lexicon.ts';
import { createLexicons, meaningOf } from './lexicons.ts';
import type { Model } from './model.ts';
import { dataWishOf, languageNamed, languageOnly, onlyCountry, type Ruled, routeOf, wholeMessage } from './rules.ts';
import { type Asked, twoAsked } from './two-asked.ts';
import { wordsOf } from './words.ts';

export type UnderstandingOptions = {
  data: UnderstandingData;
  model: Model;
  /** Language of a message without letters outside a conversation. Default `en`. */
  fallbackLanguage?: string;
  /** Languages whose "cancel" or "menu" counts in any talk. Default: those the bot is offered in. */
  ruleLanguages?: readonly string[];
};

export type Understand = {
  /** Pure and synchronous; p99 under 1 ms. `conversationLanguage` decides what a short message leaves open. */
  understand(text: string, conversationLanguage?: string): Understanding;
};

/** A second language is looked at from these odds on. */
const PERHAPS = 0.2;
/** In a message up to this many words, a rule may speak any language: "latviski" in an Estonian talk. */
const RULE_IN_ANY_LANGUAGE = 6;
/** The Estonian for FAQ, which `wordsOf` would make one letter of. */
const KKK = /\bKKK\b/giu;
const OFFERED = ['et', 'lv', 'en'];

type Judged = { score: number; decision: Decision; ranking: Ranked[]; outOfScope: boolean };

export function createUnderstanding({
  data,
  model,
  fallbackLanguage = 'en',
  ruleLanguages = OFFERED,
}: UnderstandingOptions): Understand {
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
    return { score, decision, ranking, outOfScope: decision === 'none' && evidence.odds[NONE]! > first };
  };

  /** Rules of `inLanguages` that this bot may apply; a language's own name counts in all of `named`. */
  const ruledBy = (
    words: readonly string[],
    text: string,
    inLanguages: readonly string[],
    named: readonly string[],
  ): Ruled | undefined => {
    for (const language of inLanguages) {
      const ruled = wholeMessage(words, lexicons.match(language, words), text.includes('?'));
      if (ruled) return ruled;
    }
    for (const language of named) {
      const ruled = languageOnly(words, lexicons.match(language, words));
      if (ruled) return ruled;
    }
    return undefined;
  };

  /** Of the languages a message may be in; forms of one language only. */
  const detailIn = (text: string, languages: readonly string[]): Detail | undefined => {
    const words = wordsOf(text.replace(KKK, 'korduma kippuvad'));
    for (const language of languages) {
      const detail = detailOf(words, lexicons.match(language, words));
      if (detail) return detail;
    }
    return undefined;
  };

  /** What a clause would be answered with on its own. */
  const askedIn = (clause: string, language: string): Asked => {
    const all = wordsOf(clause);
    const words = withoutGreeting(all, lexicons.match(language, all));
    const matches = lexicons.match(language, words);
    const ruled = wholeMessage(words, matches, false);
    if (ruled) return { intent: ruled.intent, asks: true };
    const judged = judge(words, matches, language);
    const asks = matches.some(({ token, from }) => token === 'asks' && from === 0);
    return { intent: judged.decision === 'answer' ? judged.ranking[0]!.intent : undefined, asks };
  };

  const isAndIn =
    (language: string) =>
    (word: string): boolean =>
      lexicons.match(language, wordsOf(word)).some(({ token }) => token === 'and');

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
      const near = odds.filter((one) => one.odds >= PERHAPS).map((one) => one.language);
      const candidates = [
        ...new Set([chosen.language, ...near, ...(conversationLanguage ? [conversationLanguage] : [])]),
      ];
      const matches = candidates.flatMap((language) => lexicons.match(language, words));
      const detail = detailIn(text, candidates);
      const said = { text, language: chosen.language, languageSure: chosen.sure, ...(detail ? { detail } : {}) };

      const any = words.length <= RULE_IN_ANY_LANGUAGE ? odds.map((one) => one.language) : [];
      const named = [...new Set([...candidates, ...any])];
      const ruling = named.filter((one) => one === conversationLanguage || ruleLanguages.includes(one));
      const ruled = ruledBy(words, text, ruling, named);

      const asked = withoutGreeting(words, matches);
      const askedMatches =
        asked === words ? matches : candidates.flatMap((language) => lexicons.match(language, asked));
      const judged = judge(asked, askedMatches, chosen.language);
      if (ruled) return answered(said, ruled, judged.ranking);
      const { ranking, score, outOfScope } = judged;
      if (named.some((language) => onlyCountry(words, lexicons.match(language, words)))) {
        return { ...said, intent: 'none', score: 0, decision: 'none', ranking };
      }
      const route = routeOf(matches);
      if (route && route !== 'human') {
        const data = dataWishOf(matches);
        return { ...said, intent: 'none', score, decision: 'none', ranking, route, ...(data ? { data } : {}) };
      }
      const anger = route ? { route } : {};
      const whole = judged.decision === 'answer' ? ranking[0]!.intent : undefined;
      const clauses = { isAnd: isAndIn(chosen.language), asked: (clause: string) => askedIn(clause, chosen.language) };
      const two = twoAsked(text, whole, clauses);
      if (two && two[0] !== whole) {
        return {
          ...answered(said, { intent: two[0] }, [{ intent: two[1], score: 1 }, ...ranking]),
          ...anger,
          also: two[1],
        };
      }
      if (!whole) {
        const outside = outOfScope ? { outOfScope } : {};
        return { ...said, intent: 'none', score, decision: judged.decision, ranking, ...anger, ...outside };
      }
      const also = two?.[1];
      const wanted = whole === 'change-language' ? languageNamed(matches) : undefined;
      return {
        ...said,
        intent: whole,
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

type Said = Pick<Understanding, 'text' | 'language' | 'languageSure' | 'detail'>;

/** A rule is certain: the model's own favourites only fill the ranking. */
function answered(said: Said, { intent, wanted }: Ruled, others: readonly Ranked[]): Understanding {
  const apart = others.filter(
    (one, at) => one.intent !== intent && others.findIndex((other) => other.intent === one.intent) === at,
  );
  const rest = apart.slice(0, 2);
  const ranking = [{ intent, score: 1 }, ...rest.map((one) => ({ intent: one.intent, score: 0 }))];
  return { ...said, intent, score: 1, decision: 'answer', ranking, ...(wanted ? { wanted } : {}) };
}
