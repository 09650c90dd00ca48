/** Buttons and the words that may be typed for them: a customer must be able to tell them apart, and so must the bot. */
import { fold } from '../../src/language/fold.ts';
import { type Locale, leafAt, readable } from './locale-files.ts';
import type { Problem } from './problem.ts';
import { commandKeys, questions } from './questions.ts';

/** What fits a button on a phone. */
const maxLabel = 60;
/** Options of the bot's own questions that do what the command of that name does: they may look alike. */
const sameAsCommand = new Set(['contactSupport', 'human', 'startOver']);

interface Form {
  option: string;
  /** Where the word stands. */
  key: string;
  word: string;
}

export function checkQuestions(locale: Locale): Problem[] {
  return distinct([...checkLabels(locale), ...checkWords(locale)]);
}

function checkLabels(locale: Locale): Problem[] {
  const commands = new Map(commandKeys.map((key) => [fold(labelAt(locale, key)), key]));
  return questions().flatMap(({ name, options }) => {
    const seen = new Map<string, string>();
    return options.flatMap((option): Problem[] => {
      const { key } = option.choice.part;
      const label = labelAt(locale, key);
      const said = fold(label);
      const command = commands.get(said);
      const twin = seen.get(said);
      seen.set(said, key);
      const place = placeOf(locale, key);
      return [
        ...(label.length > maxLabel
          ? [{ ...place, wrong: `a button of ${label.length} signs`, mend: `say it in at most ${maxLabel}` }]
          : []),
        ...(said === ''
          ? [{ ...place, wrong: `a button of ${name} has no text`, mend: 'add the key, or do not offer that option' }]
          : []),
        ...(twin && twin !== key && said !== ''
          ? [
              {
                ...place,
                wrong: `“${label}” is also the button ${twin} of ${name}`,
                mend: 'word one of them differently',
              },
            ]
          : []),
        ...(command && said && !sameAsCommand.has(option.name)
          ? [{ ...place, wrong: `“${label}” is also the command ${command}`, mend: 'word the button differently' }]
          : []),
      ];
    });
  });
}

/** A word that stands for two options of one question stands for neither. */
function checkWords(locale: Locale): Problem[] {
  return questions().flatMap(({ name, options }) => {
    const forms = options.flatMap((option) => formsOf(locale, option.name, option.choice.part.key, option.acceptKeys));
    return forms.flatMap((form, i): Problem[] => {
      const twin = forms.slice(0, i).find(({ option, word }) => option !== form.option && word === form.word);
      // Two buttons alike are reported as such, a list that two options share by checkShared.
      if (!twin || twin.key === form.key || (!isList(form.key) && !isList(twin.key))) return [];
      const list = isList(form.key) ? form : twin;
      const other = list === form ? twin : form;
      const wrong = `“${form.word}” also means ${other.key} at ${name}, so it is understood as neither`;
      return [{ ...placeOf(locale, list.key), wrong, mend: 'leave it in one of the two' }];
    });
  });
}

/** A label or a whole list of words that two options of a question share; no wording can mend it. */
export function checkShared(): Problem[] {
  return questions().flatMap(({ name, options }) =>
    options.flatMap((option, i) =>
      options.slice(0, i).flatMap((twin): Problem[] => {
        const both = `“${twin.name}” and “${option.name}” at ${name}`;
        const list = option.acceptKeys.find((key) => twin.acceptKeys.includes(key));
        const { key } = option.choice.part;
        return [
          ...(twin.choice.part.key === key
            ? [{ file: 'src/conversation', key, wrong: `it is the button of ${both}`, mend: 'offer one of the two' }]
            : []),
          ...(list
            ? [
                {
                  file: 'src/conversation',
                  key: list,
                  wrong: `its words mean ${both}, so neither`,
                  mend: 'let one of the two take it',
                },
              ]
            : []),
        ];
      }),
    ),
  );
}

function formsOf(locale: Locale, option: string, key: string, acceptKeys: readonly string[]): Form[] {
  const words = acceptKeys.flatMap((list) => {
    const leaf = leafAt(locale, list);
    return Array.isArray(leaf) ? leaf.map((word) => ({ option, key: list, word: fold(word) })) : [];
  });
  return [{ option, key, word: fold(labelAt(locale, key)) }, ...words].filter(({ word }) => word !== '');
}

const isList = (key: string) => /^bot:(accept|menu\.accept|commands\.\w+\.accept)/.test(key);

const labelAt = (locale: Locale, key: string) => readable(String(leafAt(locale, key) ?? ''), locale);

function placeOf({ language }: Locale, key: string): { file: string; key: string } {
  const [namespace = '', path = ''] = key.split(':');
  return { file: `locales/${language}/${namespace}.json`, key: path };
}

const distinct = (problems: Problem[]) => [...new Map(problems.map((one) => [JSON.stringify(one), one])).values()];
