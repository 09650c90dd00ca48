/** Words that work everywhere: back, again, start over, change language, a human, menu, stop, hello, thanks. */
import type { Command } from '../flow/define-flow.ts';
import { foldAnswer as fold } from '../language/fold.ts';
import { asideOptions } from './asides.ts';
import type { State, Words, World } from './state.ts';

const keys: Record<Command, readonly string[]> = {
  back: ['bot:commands.back'],
  again: ['bot:commands.again'],
  startOver: ['bot:commands.startOver'],
  language: ['bot:commands.language'],
  human: ['bot:commands.human'],
  menu: ['bot:commands.menu'],
  cancel: ['bot:commands.cancel'],
  notThat: ['bot:commands.notThat.accept'],
  hello: ['bot:smallTalk.accept.hello'],
  thanks: ['bot:smallTalk.accept.thanks'],
  keptData: ['bot:data.commands.kept'],
  showData: ['bot:data.commands.show'],
  eraseData: ['bot:data.commands.erase'],
};

/** Folded form -> command, per language; of two commands with the same words the first one counts. */
const tables = new WeakMap<Words, Map<string, ReadonlyMap<string, Command>>>();

function tableOf(language: string, words: Words): ReadonlyMap<string, Command> {
  const known = tables.get(words) ?? new Map<string, ReadonlyMap<string, Command>>();
  tables.set(words, known);
  const table = known.get(language) ?? makeTable(language, words);
  known.set(language, table);
  return table;
}

function makeTable(language: string, words: Words): ReadonlyMap<string, Command> {
  const forms = (Object.keys(keys) as Command[]).flatMap((command) =>
    keys[command]
      .flatMap((key) =>
        key.includes('accept')
          ? words.accept(language, key)
          : [words.folded(language, `${key}.label`), ...words.accept(language, `${key}.accept`)],
      )
      .map((form) => [form, command] as const),
  );
  return new Map(forms.reverse());
}

/** The command that the whole message is, in any of the languages. */
export function commandIn(text: string, state: State, world: World): Command | undefined {
  const said = fold(text);
  if (!said) return undefined;
  const { words } = world;
  const own = tableOf(state.language, words).get(said);
  if (own) return own;
  for (const language of words.languages) {
    const command = tableOf(language, words).get(said);
    if (command) return command;
  }
  return undefined;
}

/** The offered language that the whole message names, in whatever language: "latviešu", "läti keel", "Latvian". */
export function languageIn(text: string, state: State, world: World): string | undefined {
  const options = asideOptions({ kind: 'language' }, state, world);
  const said = fold(text);
  return options.find(
    ({ choice, acceptKeys }) =>
      world.words.folded(state.language, choice.part.key) === said ||
      acceptKeys.some((key) => world.words.accept(state.language, key).includes(said)),
  )?.name;
}
