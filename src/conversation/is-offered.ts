/** Whether a message is one of the words that the bot waits for: a button, a command, a language. */
import { asideOptions } from './asides.ts';
import { commandIn, languageIn } from './commands.ts';
import { isLeave, isSaid } from './handoff/said.ts';
import { matchOption } from './match-option.ts';
import { optionsOf } from './node-reply.ts';
import type { State, World } from './state.ts';

export function isOffered(text: string, state: State, world: World): boolean {
  const { aside, at, language } = state;
  const options = [...(aside ? asideOptions(aside, state, world) : []), ...(at ? optionsOf(at, state) : [])];
  return (
    commandIn(text, state, world) !== undefined ||
    languageIn(text, state, world) !== undefined ||
    isLeave(text, state, world) ||
    isSaid(text, 'bot:transcript', state, world) ||
    matchOption(text, options, world.words, language, { loosely: false }) !== undefined
  );
}
