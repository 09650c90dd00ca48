import type { Confusion, LanguageFigures, Share } from '../../src/language/understand/figures.ts';

const percent = ({ right, of }: Share): string => (of === 0 ? '-' : `${((100 * right) / of).toFixed(1)} %`);

const COLUMNS: [heading: string, cell: (figures: LanguageFigures) => string][] = [
  ['language', ({ language }) => language],
  ['in-scope lines', ({ first }) => String(first.of)],
  ['right at first place', ({ first }) => percent(first)],
  ['right at once', ({ once }) => percent(once)],
  ['wrong at once', ({ wrong }) => percent(wrong)],
  ['right with buttons', ({ buttons }) => percent(buttons)],
  ['out-of-scope lines', ({ outOfScope }) => String(outOfScope.of)],
  ['answered at once', ({ outOfScope }) => percent(outOfScope)],
  ['given buttons', ({ outOfScopeOffered }) => percent(outOfScopeOffered)],
  ['language < 15 signs', ({ languageShort }) => percent(languageShort)],
  ['language >= 15 signs', ({ languageLong }) => percent(languageLong)],
  [
    'language',
    ({ languageShort: short, languageLong: long }) =>
      percent({ right: short.right + long.right, of: short.of + long.of }),
  ],
  ['macro-F1', ({ macroF1 }) => macroF1.toFixed(3)],
];

/** A Markdown table, one row per language. */
export function figuresTable(figures: readonly LanguageFigures[]): string {
  const rows = [
    COLUMNS.map(([heading]) => heading),
    COLUMNS.map(() => '---'),
    ...figures.map((one) => COLUMNS.map(([, cell]) => cell(one))),
  ];
  return rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

const WORST = 12;

export function confusionsList(confusions: readonly Confusion[]): string {
  if (confusions.length === 0) return 'No confusions.';
  const lines = confusions.slice(0, WORST).map(({ intent, taken, times, example }) => {
    return `- ${intent} taken for ${taken}: ${times} (for example "${example.slice(0, 90)}")`;
  });
  return ['Worst confusions:', ...lines].join('\n');
}
