import { describe, expect, test } from 'vitest';
import { readNote } from '../../../src/channels/teams/read-note.ts';
import { texts } from '../../helpers/world.ts';

const words = 'he is *rude*: 2 - 3';
/** As people type it, with a heading in place of `%`. */
const typed = [
  '%: ',
  '%：',
  '% : ',
  '%:',
  ' % - ',
  '% – ',
  '%— ',
  '**%:** ',
  '*%*: ',
  '[%] ',
  '(%) ',
  '[%]: ',
  '%\n',
  '%. ',
];

describe.each(texts.languages)('in %s', (language) => {
  const headings = [...(texts.file(language, 'desk').prefixes as { note: string[] }).note];

  test('a note is a note however it is typed', () => {
    expect(headings.length).toBeGreaterThan(3);
    for (const heading of headings)
      for (const form of typed)
        for (const one of [heading, heading.toUpperCase()])
          expect(readNote(`${form.replace('%', one)}${words}`, texts), `${form} ${one}`).toBe(words);
  });
});

test.each(['Internal note: x', 'note for Mari: x', 'Märkus Jurisele: x', 'Piezīme par klientu: x', 'PIEZIME: x'])(
  'with more words before a colon too: %s',
  (said) => expect(readNote(said, texts)).toBe('x'),
);

test('nothing but the heading is a note without words, and no answer', () => {
  for (const said of ['note:', 'Märkus :', '[note]']) expect(readNote(said, texts), said).toBe('');
});

test.each([
  'Tere: siin on vastus',
  'Please note: the button is blue',
  'Noted: I will look into it',
  'notebook: which one do you have?',
  'Note that you need the old address',
  'note-taking is not needed',
  'We have sent it - note the date',
  'Note the following, if you please do so now: the button is blue',
  '',
  ': x',
])('an answer stays one: %s', (said) => expect(readNote(said, texts)).toBeUndefined());
