/** The bot's own questions, which belong to no flow: the menu, the language, "shall we go on?", "do you mean ...?". */
import { flowNames, intentTable } from '../flow/flow-table.ts';
import type { Option } from './match-option.ts';
import { commandChoices, nodeKey, optionFor } from './node-reply.ts';
import type { Aside, Part, Reply, State, World } from './state.ts';

export function asideOptions(aside: Aside, state: State, world: World): Option[] {
  switch (aside.kind) {
    case 'menu':
      return flowNames.map(menuOption);
    case 'offers':
      return [
        ...aside.offers.map(menuOption),
        optionFor('menu', 'bot:commands.menu.label', ['bot:commands.menu.accept']),
      ];
    case 'language':
      return world.words.languages.map((language) =>
        optionFor(language, `${language}/bot:language.name`, [`${language}/bot:language.accept`]),
      );
    case 'resume':
      return ['continue', 'menu', 'startOver'].map((name) => optionFor(name, `bot:resume.options.${name}`));
    case 'stuck':
      return ['human', ...(state.at ? ['tryAgain'] : ['menu'])].map((name) =>
        optionFor(
          name,
          name === 'menu' ? 'bot:commands.menu.label' : `bot:third.options.${name}`,
          name === 'human' ? ['bot:accept.yes'] : [],
        ),
      );
    case 'guesses':
      return [
        ...aside.guesses.filter(isSubject).map((intent) => optionFor(intent, guessKey(intent), [])),
        optionFor('none', 'bot:notUnderstood.noneOfThese', ['bot:accept.no', 'bot:accept.other']),
      ];
  }
}

const menuOption = (flow: string) => optionFor(flow, `bot:menu.options.${flow}`, [`bot:menu.accept.${flow}`]);

/** A guess that can be offered: something the bot knows about, not a greeting or a command. */
export const isSubject = (intent: string) => !('command' in (intentTable[intent] ?? { command: '' }));

function guessKey(intent: string): string {
  const meaning = intentTable[intent];
  if (meaning && 'flow' in meaning) return `bot:flows.${meaning.flow}`;
  return meaning && 'answer' in meaning ? `flows:answers.${meaning.answer}.short` : 'bot:commands.menu.label';
}

/** Puts one of the bot's own questions, above whatever question of a flow is open. */
export function ask(aside: Aside, state: State, world: World, before: Part[] = [], intent?: string): Reply {
  return {
    parts: [...before, question(aside, state)],
    choices: [...asideOptions(aside, state, world).map((option) => option.choice), ...commandChoices],
    flow: null,
    node: aside.kind,
    ...(intent ? { intent } : {}),
  };
}

function question(aside: Aside, state: State): Part {
  switch (aside.kind) {
    case 'menu':
      return { key: state.greeted ? 'bot:menu.again' : 'bot:menu.text' };
    case 'offers':
      return { key: 'bot:menu.again' };
    case 'language':
      return { key: 'bot:language.ask' };
    case 'resume':
      return { key: 'bot:resume.text', values: { where: { part: { key: whereKey(state) } } } };
    case 'stuck':
      return { key: state.at ? 'bot:thirdFailure' : 'bot:notUnderstood.third' };
    case 'guesses':
      return { key: 'bot:notUnderstood.guess' };
  }
}

const whereKey = ({ at }: State) => (at ? `${nodeKey(at)}.short` : 'bot:commands.menu.label');
