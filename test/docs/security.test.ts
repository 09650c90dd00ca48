/** docs/security.md names the test that watches each line: it must be there. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/security.md'), 'utf8');

interface Row {
  number: number;
  keptIn: string[];
  tests: { file: string; title: string }[];
}

function rowsOf(text: string): Row[] {
  return [...text.matchAll(/^\| (\d+) \| .+? \| (.+?) \| (.+) \|$/gm)].map(([, number, keptIn = '', tests = '']) => ({
    number: Number(number),
    keptIn: [...keptIn.matchAll(/`([^`]+)`/g)].map(([, file = '']) => file),
    tests: tests.split('<br>').map((one) => {
      const [, file = '', title = ''] = /^`([^`]+)` › (.+)$/.exec(one) ?? [];
      return { file, title };
    }),
  }));
}

/** What the table names and nobody finds. */
function missing({ keptIn, tests }: Row): string[] {
  const code = keptIn.filter((file) => !existsSync(join(root, file)));
  const titles = tests.flatMap(({ file, title }) => {
    if (!file || !title) return ['a test that is not written as `file` › title'];
    if (!/^test\/.+\.ts$/.test(file) || !existsSync(join(root, file))) return [file];
    return readFileSync(join(root, file), 'utf8').includes(title) ? [] : [`${file} › ${title}`];
  });
  return [...(keptIn.length ? [] : ['where it is kept']), ...code, ...titles];
}

const rows = rowsOf(page);

test('the table has its 42 lines, in order', () => {
  expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 42 }, (_, i) => i + 1));
});

test.each(rows)('line $number: files and tests are there', (row) => {
  expect(missing(row)).toEqual([]);
});

test('a line whose test was renamed, or whose file is gone, is found', () => {
  const broken = page
    .replace('labelled as packed is refused', 'labelled as paper')
    .replace('`src/bot/answered.ts`', '`src/bot/gone.ts`')
    .replace('`test/kill.test.ts` › ', '`test/kill.test.ts`: ');
  expect(
    rowsOf(broken)
      .filter((row) => missing(row).length > 0)
      .map(({ number }) => number),
  ).toEqual([1, 3, 5]);
});
