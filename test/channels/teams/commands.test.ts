import { describe, expect, test } from 'vitest';
import { commandNames, numbersIn, readCommand, withoutMentions } from '../../../src/channels/teams/commands.ts';
import { createSeal } from '../../../src/channels/teams/seal.ts';
import { texts } from '../../helpers/world.ts';

describe.each(texts.languages)('commands in %s', (language) => {
  test.each(commandNames)('%s, by its label and its other words', (name) => {
    const forms = [
      texts.label(language, `desk:commands.${name}.label`),
      ...texts.accept(language, `desk:commands.${name}.accept`),
    ];
    for (const form of forms) expect(readCommand(form.toUpperCase(), language, texts)?.name, form).toBe(name);
  });
});

test('what follows a command is kept as typed', () => {
  expect(readCommand('otsi Foto OÜ', 'et', texts)).toEqual({ name: 'search', rest: 'Foto OÜ' });
  expect(readCommand('Tere, kas keegi saab aidata?', 'et', texts)).toBeUndefined();
});

test('mentions are taken out, and what Teams has escaped is put back', () => {
  expect(withoutMentions('<at>CPS</at>&nbsp;a &lt;b&gt; &amp; c')).toBe('a <b> & c');
});

test('numbers of requests with and without the hyphen, wherever they stand among other words', () => {
  for (const words of ['vēsture k7f32q', 'K7F3–2Q', 'k7f3 2q?', '(K7F3-2Q)', 'näita k7f3‑2q'])
    expect(numbersIn(words), words).toEqual(['K7F3-2Q']);
  expect(numbersIn('ticket K7F3-2Q, please')).toEqual(['TICK-ET', 'K7F3-2Q', 'PLEA-SE']);
  for (const words of ['', 'hello', 'K7F3-2QX', 'XK7F3-2Q', 'õhtust']) expect(numbersIn(words), words).toEqual([]);
});

test('a card’s mark holds for this ticket, verb, revision and secret alone', () => {
  const seal = createSeal('a secret of this server');
  const press = { verb: 'answer', ticket: 'K7F3-2Q', revision: 3 };
  const put = seal.put(press);
  expect(seal.open(put)).toEqual(press);
  for (const change of [{ verb: 'close' }, { ticket: 'K7F3-2R' }, { revision: 4 }, { seal: '' }])
    expect(seal.open({ ...put, ...change })).toBeUndefined();
  expect(createSeal('another secret').open(put)).toBeUndefined();
  for (const alien of [undefined, null, 'x', [], { verb: 1 }]) expect(seal.open(alien)).toBeUndefined();
});
