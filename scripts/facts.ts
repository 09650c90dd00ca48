/** `npm run facts`: for every fact of the guides, where the bot says it in each language, or why it does not. `--quiet`: problems only. */
import { loadTexts } from '../src/language/texts.ts';
import { checkContent, coverage, lookAt } from './lib/fact-check.ts';
import { showProblem } from './lib/problem.ts';

const texts = loadTexts();
const look = lookAt(texts);
const { report, problems: uncovered } = coverage();

const quiet = process.argv.includes('--quiet');
for (const { fact, spots } of quiet ? [] : report) {
  console.log(`\n${fact.id}  ${fact.statement}`);
  if (fact.said === false) console.log(`  not said: ${fact.reason}`);
  for (const language of fact.said === false ? [] : texts.languages) {
    const there = spots.filter((spot) => look.said(spot, language).some((text) => text.trim() !== ''));
    console.log(`  ${language}: ${there.join(', ') || 'NOWHERE'}`);
  }
}

const problems = [...uncovered, ...texts.languages.flatMap((language) => checkContent(language, look))];
const said = report.filter(({ spots }) => spots.length > 0).length;
console.log(`\n${said} of ${report.length} facts are said, in ${texts.languages.join(', ')}.`);
for (const problem of problems) console.error(showProblem(problem));
if (problems.length > 0) {
  console.error(`\nTo mend: ${problems.length}`);
  process.exitCode = 1;
}
