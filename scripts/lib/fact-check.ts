/** Where each fact is said in each language, and what of its required content is missing. */
import { loadTexts, type Texts } from '../../src/language/texts.ts';
import { type DomainFact, facts } from './domain.ts';
import { portalLabel } from './portal-label.ts';
import type { Problem } from './problem.ts';
import { checkOwnWord, checkRule, type Look, required } from './required.ts';
import { inferredSpots, inWords, type Saying, type Spot, sayings, spotsOfFacts } from './said.ts';

export interface FactReport {
  fact: DomainFact;
  spots: Spot[];
}

/** Facts that should be said and are not, facts that should not be and are, and names that are no fact. */
export function coverage(
  spots = spotsOfFacts(),
  all: readonly DomainFact[] = facts,
): { report: FactReport[]; problems: Problem[] } {
  const report = all.map((fact) => ({ fact, spots: spots.get(fact.id) ?? [] }));
  const problems = report.flatMap(({ fact, spots: found }): Problem[] => {
    const place = { file: 'dialogs', key: fact.id };
    if (fact.said === false && found.length > 0) {
      return [{ ...place, wrong: `said at ${found.join(', ')}`, mend: `take it out of "says": ${fact.reason}` }];
    }
    if (fact.said === false || found.length > 0) return [];
    const mend = 'add it to "says" of the node whose text states it';
    return [{ ...place, wrong: `said nowhere: “${fact.statement}”`, mend }];
  });
  const strangers = [...spots].filter(([id]) => !all.some((fact) => fact.id === id));
  const unknown = strangers.map(([id, found]) => ({
    file: 'dialogs',
    key: found.join(', '),
    wrong: `says ${id}`,
    mend: 'docs/domain/facts.json has no such fact: correct the number',
  }));
  return { report, problems: [...problems, ...unknown] };
}

/** The required content of docs/domain/required.json, in one language. */
export function checkContent(language: string, look: Look = lookAt(loadTexts())): Problem[] {
  const spots = spotsOfFacts();
  const byRule = required.rules.flatMap((rule) => checkRule(rule, spots.get(rule.fact) ?? [], language, look));
  return [...byRule, ...checkOwnWord(inferredSpots(), language, look)];
}

/** Renders what is said with the bot's own renderer; `change` is applied to each text, so that a test can break it. */
export function lookAt(texts: Texts, change: (text: string) => string = (text) => text): Look {
  const said: ReadonlyMap<Spot, Saying[]> = sayings();
  const rendered = new Map<string, string[]>();
  return {
    said(spot, language) {
      const key = `${language} ${spot}`;
      const known = rendered.get(key);
      if (known) return known;
      const words = (said.get(spot) ?? []).map((saying) => change(inWords(saying, language, texts)));
      rendered.set(key, words);
      return words;
    },
    label: (name, language) => portalLabel(name, language) ?? String(texts.file(language, 'portal')[name]),
  };
}
