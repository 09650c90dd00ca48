/** Commands as people type them, and as the help says them. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type DeskHouse, openDesk, type Talk } from '../../helpers/desk.ts';
import { contentOf, mari, verbsOf, wordsOf } from '../../helpers/teams.ts';
import { texts } from '../../helpers/world.ts';

let house: DeskHouse;
let talk: Talk;
beforeEach(async () => {
  house = await openDesk();
  talk = await house.customer();
  await house.drain();
});
afterEach(() => house.close());
const command = async (text: string) => wordsOf(contentOf((await house.command(mari, text))!));

describe.each(texts.languages)('in %s', (language) => {
  const say = (key: string) => texts.label(language, `desk:${key}`);
  beforeEach(() => house.places.setLanguage(mari.id, language));

  test('every example that the help gives does what it says', async () => {
    const names = Object.keys(texts.file(language, 'desk').commands as object);
    const examples = names.flatMap((name) => {
      const [, example] = say(`commands.${name}.about`).split(/: (?=[^:]*$)/);
      return example?.startsWith(say(`commands.${name}.label`).toLowerCase()) ? [{ name, example }] : [];
    });
    expect(examples.map(({ name }) => name)).toEqual(['history', 'search', 'language']);
    for (const { name, example } of examples) {
      const said = await command(example.replace(/\w{4}-\w{2}/, talk.ticket));
      expect(said, example).not.toContain(say('lists.help'));
      if (name === 'history') expect(said).toContain('Photo Ltd');
    }
    expect(await house.places.language(mari.id)).not.toBe(language);
  });

  test('a request is found by its number in a sentence', async () => {
    const number = talk.ticket;
    const bare = number.replace('-', '').toLowerCase();
    for (const text of [
      `ticket ${number}`,
      `${number}, please`,
      `please: ${bare}?`,
      `number ${number.replace('-', '–')}`,
    ])
      expect(await command(text), text).toContain(say('actions.claim'));
    const history = say('commands.history.label');
    for (const text of [`${history}: ${number}`, `${history} of ticket ${bare}!`])
      expect(await command(text), text).toContain('Photo Ltd');
    expect(await command(`${history} please`)).toBe(say('refused.noTicket'));
  });
});

test('more requests wait than a list shows: it says how many', async () => {
  for (let i = 0; i < 17; i++) await house.customer();
  const list = contentOf((await house.command(mari, 'waiting'))!);
  expect(verbsOf(list)).toHaveLength(15);
  expect(wordsOf(list)).toContain('Not shown here: 3.');
});
