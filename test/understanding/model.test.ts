import { describe, expect, it } from 'vitest';
import { hashesOf, type UnderstandingData } from '../../src/language/understand/data.ts';
import { decodeModel, encodeModel, openModel, trainModel } from '../../src/language/understand/model.ts';
import { createUnderstanding } from '../../src/language/understand/understanding.ts';
import { listUnknown } from '../../src/language/understand/unknown.ts';

const many = (phrases: string[]): string[] => phrases.flatMap((one) => [one, `${one} palun`, `ma küsin: ${one}`]);
const data: UnderstandingData = {
  et: {
    utterances: {
      password: many(['kuidas parooli lähtestada', 'unustasin parooli', 'parool ei tööta', 'uus parool']),
      tiers: many(['mis tase mul on', 'kuldtase', 'mitu taset on', 'kõrgem tase']),
      none: many(['mis ilm on', 'räägi nalja', 'kus on buss', 'laula laulu']),
    },
    synonyms: { common: ['mis', 'on', 'kuidas'], greet: ['tere'] },
    texts: [],
  },
};

describe('model', () => {
  const model = trainModel(data);
  const hashes = hashesOf(data, 'test');
  const others = hashesOf(data, 'other');

  it('is the same each time it is trained', () => {
    const again = encodeModel(trainModel(data), hashes);
    expect(Buffer.compare(again, encodeModel(model, hashes))).toBe(0);
  });

  it('comes back from its file as it was, from a Buffer too', () => {
    const bytes = encodeModel(model, hashes);
    for (const stored of [bytes, Buffer.concat([Buffer.from('xxxxxxxx'), bytes]).subarray(8)]) {
      const { intents, languages } = decodeModel(stored, hashes);
      expect(Buffer.compare(encodeModel({ intents: intents!, languages: languages! }, hashes), bytes)).toBe(0);
    }
  });

  it.each([
    ['by other code', (bytes: Uint8Array) => bytes, others],
    ['and cut short', (bytes: Uint8Array) => bytes.slice(0, 5000), hashes],
    ['as something else', () => new Uint8Array([1, 2, 3]), hashes],
    ['as an empty file', () => new Uint8Array(0), hashes],
  ])('is trained anew when stored %s', (_, spoil, wanted) => {
    expect(decodeModel(spoil(encodeModel(model, hashes)), wanted)).toEqual({});
  });

  it('keeps what is learnt of intents when only a text of the bot changes', () => {
    const changed = hashesOf({ et: { ...data.et!, texts: ['Tere tulemast'] } }, 'test');
    expect(Object.keys(decodeModel(encodeModel(model, hashes), changed))).toEqual(['intents']);
  });

  it('is stored once, and trained anew when a phrase is added', () => {
    let stored: Uint8Array | undefined;
    let writes = 0;
    const cache = {
      read: () => stored,
      write: (bytes: Uint8Array) => {
        stored = bytes;
        writes += 1;
      },
    };
    openModel(data, cache);
    openModel(data, cache);
    expect(writes).toBe(1);
    const et = data.et!;
    openModel(
      { et: { ...et, utterances: { ...et.utterances, none: [...et.utterances.none!, 'kus ma olen'] } } },
      cache,
    );
    expect(writes).toBe(2);
  });

  it('names file and key of an intent that does not exist', () => {
    const wrong = { et: { utterances: { pasword: ['a'] }, synonyms: {}, texts: [] } };
    expect(() => trainModel(wrong)).toThrow('locales/et/utterances.json: "pasword"');
  });

  it('lists unanswered messages by the nearest intent, spellings together', () => {
    const groups = listUnknown(createUnderstanding({ data, model }), [
      { text: 'parooli lähtestamine' },
      { text: 'PAROOLI lahtestamine!' },
      { text: 'plaatinatase', language: 'et' },
      { text: '…' },
    ]);
    expect(groups[0]).toMatchObject({ nearest: 'password', phrases: [{ text: 'parooli lähtestamine', times: 2 }] });
    expect(groups[1]).toMatchObject({ nearest: 'tiers', phrases: [{ times: 1, language: 'et' }] });
  });
});
