/** `npm run locales`: what each language of locales/ lacks, or has wrong: file, key and mend. */
import { loadTexts } from '../src/language/texts.ts';
import { checkLocales } from './lib/locale-check.ts';
import { showProblem } from './lib/problem.ts';

const offered = loadTexts().languages;
let wrong = 0;
for (const { language, problems } of checkLocales()) {
  const state = offered.includes(language) ? 'offered' : 'not offered yet: texts are missing';
  console.log(`${language}: ${problems.length === 0 ? 'in order' : `to mend: ${problems.length}`} (${state})`);
  for (const problem of problems) console.error(`  ${showProblem(problem)}`);
  wrong += problems.length;
}
if (wrong > 0) process.exitCode = 1;
