/** The bot's own questions, which belong to no flow: the menu, the language, "shall we go on?", "do you mean ...?". */
import { flowNames, intentTable } from '../flow/flow-table.ts';
import { dataOptions, dataQuestion } from './data-request.ts';
import { ratingOptions } from './handoff/rating.ts';
import type { Option } from './match-option.ts';
import { commandChoices, nodeKey, optionFor } from './node-reply.ts';
import type { Aside, Choice, Part, Reply, State, World } from './state.ts';

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
        ...subjects(aside.guesses).map((intent) => optionFor(intent, guessKey(intent), [])),
        optionFor('none', 'bot:notUnderstood.noneOfThese', ['bot:accept.no', 'bot:accept.other']),
      ];
    case 'rating':
    case 'ratingWhy':
      return ratingOptions(aside.kind);
    case 'data':
    case 'proof':
      return dataOptions(aside);
  }
}

const menuOption = (flow: string) => optionFor(flow, `bot:menu.options.${flow}`, [`bot:menu.accept.${flow}`]);

/** What can be offered as a guess: something the bot knows about, not a greeting or a command; each button once. */
export function subjects(intents: readonly string[]): string[] {
  const known = intents.filter((intent) => !('command' in (intentTable[intent] ?? { command: '' })));
  const keys = known.map(guessKey);
  return known.filter((_, i) => keys.indexOf(keys[i]!) === i);
}

function guessKey(intent: string): string {
  const meaning = intentTable[intent];
  if (meaning && 'flow' in meaning) return `bot:flows.${meaning.flow}`;
  return meaning && 'answer' in meaning ? `flows:answers.${meaning.answer}.short` : 'bot:commands.menu.label';
}

/** Puts one of the bot's own questions, above whatever question of a flow is open. */
export function ask(aside: Aside, state: State, world: World, before: Part[] = [], intent?: string): Reply {
  return {
    parts: [...before, question(aside, state)],
    choices: choicesOf(aside, state, world),
    flow: null,
    node: aside.kind,
    ...(intent ? { intent } : {}),
  };
}

/** The options, and the commands that are not among them already. */
export function choicesOf(aside: Aside, state: State, world: World): Choice[] {
  const options = asideOptions(aside, state, world);
  const same: Record<string, string> = { contactSupport: 'human', human: 'human', startOver: 'startOver' };
  const there = options.map(({ name }) => `bot:commands.${same[name]}.label`);
  return [...options.map(({ choice }) => choice), ...commandChoices.filter(({ part }) => !there.includes(part.key))];
}

function question(aside: Aside, state: State): Part {
  switch (aside.kind) {
    case 'menu':
      return { key: state.ledger.length > 0 ? 'bot:menu.again' : 'bot:menu.text' };
    case 'offers':
      return { key: 'bot:menu.again' };
    case 'language':
      return { key: 'bot:language.ask' };
    case 'resume':
      return { key: 'bot:resume.text', values: { where: { part: { key: whereKey(state) } } } };
    case 'stuck':
      return { key: state.at ? 'bot:thirdFailure' : 'bot:notUnderstood.third' };
    case 'guesses':
      return { key: subjects(aside.guesses).length === 1 ? 'bot:notUnderstood.guessOne' : 'bot:notUnderstood.guess' };
    case 'rating':
      return { key: 'bot:rating.text' };
    case 'ratingWhy':
      return { key: 'bot:rating.why' };
    case 'data':
    case 'proof':
      return dataQuestion(aside, state);
  }
}

const whereKey = ({ at }: State) => (at ? `${nodeKey(at)}.short` : 'bot:commands.menu.label');
