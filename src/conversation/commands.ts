/** Words that work everywhere: back, again, start over, change language, a human, menu, stop, hello, thanks. */
import type { Command } from '../flow/define-flow.ts';
import { fold } from '../language/fold.ts';
import { asideOptions } from './asides.ts';
import type { State, World } from './state.ts';

const keys: Record<Command, readonly string[]> = {
  back: ['bot:commands.back'],
  again: ['bot:commands.again'],
  startOver: ['bot:commands.startOver'],
  language: ['bot:commands.language'],
  human: ['bot:commands.human'],
  menu: ['bot:commands.menu'],
  cancel: ['bot:commands.cancel'],
  hello: ['bot:smallTalk.accept.hello'],
  thanks: ['bot:smallTalk.accept.thanks'],
};

/** The command that the whole message is, in any of the languages. */
export function commandIn(text: string, state: State, world: World): Command | undefined {
  const said = fold(text);
  if (!said) return undefined;
  const { words } = world;
  const languages = [state.language, ...words.languages.filter((other) => other !== state.language)];
  for (const language of languages) {
    for (const command of Object.keys(keys) as Command[]) {
      const forms = keys[command].flatMap((key) =>
        key.startsWith('bot:commands')
          ? [words.label(language, `${key}.label`), ...words.accept(language, `${key}.accept`)]
          : words.accept(language, key),
      );
      if (forms.some((form) => fold(form) === said)) return command;
    }
  }
  return undefined;
}

/** The offered language that the whole message names, in whatever language: "latviešu", "läti keel", "Latvian". */
export function languageIn(text: string, state: State, world: World): string | undefined {
  const options = asideOptions({ kind: 'language' }, state, world);
  const said = fold(text);
  return options.find(
    ({ choice, acceptKeys }) =>
      fold(world.words.label(state.language, choice.part.key)) === said ||
      acceptKeys.some((key) => world.words.accept(state.language, key).includes(said)),
  )?.name;
}
