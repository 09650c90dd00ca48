/** From `answer` on the bot answers; from `offer` on it shows three buttons; below it says that it does not know. */
export type Thresholds = { answer: number; offer: number };

/** One message the model had not seen, as its score came out. */
export type Scored = { language: string; inScope: boolean; firstRight: boolean; amongThree: boolean; score: number };

/** What is asked of the bot: at most 2 % of the questions answered wrong, 10 % of what is out of scope answered at all. */
const WRONG_AT_MOST = 0.018;
const OUT_OF_SCOPE_AT_MOST = 0.1;
/** Of the messages whose intent is among the first three, this share must get an answer or the buttons: buttons cost little. */
const REACHED_AT_LEAST = 0.999;

const share = (rows: readonly Scored[], holds: (row: Scored) => boolean): number =>
  rows.length === 0 ? 0 : rows.filter(holds).length / rows.length;

/** The lowest answer threshold that keeps both limits, and the highest offer threshold that reaches enough people. */
export function thresholdsFor(rows: readonly Scored[]): Thresholds {
  const inScope = rows.filter((row) => row.inScope);
  const outside = rows.filter((row) => !row.inScope);
  let answer = 0.98;
  for (let at = 97; at >= 30; at--) {
    const limit = at / 100;
    const wrong = share(inScope, (row) => !row.firstRight && row.score >= limit);
    const answered = share(outside, (row) => row.score >= limit);
    if (wrong > WRONG_AT_MOST || answered > OUT_OF_SCOPE_AT_MOST) break;
    answer = limit;
  }
  const reachable = inScope.filter((row) => row.amongThree);
  let offer = 0.02;
  while (offer < answer && share(reachable, (row) => row.score >= offer + 0.01) >= REACHED_AT_LEAST) offer += 0.01;
  return { answer, offer: Math.min(offer, answer) };
}

/** Per language, halfway to what all languages together say: one language's phrases are few. */
export function thresholdsPerLanguage(
  rows: readonly Scored[],
  languages: readonly string[],
): Record<string, Thresholds> {
  const all = thresholdsFor(rows);
  return Object.fromEntries(
    languages.map((language) => {
      const own = thresholdsFor(rows.filter((row) => row.language === language));
      return [language, { answer: (own.answer + all.answer) / 2, offer: (own.offer + all.offer) / 2 }];
    }),
  );
}
