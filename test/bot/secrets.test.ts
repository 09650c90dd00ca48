/** What a customer should not have typed never stands in the store's folder, nor in anything that the bot says. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type House, nodes, openHouse } from '../helpers/converse.ts';
import { everyLanguage } from '../helpers/talk.ts';
import { texts } from '../helpers/world.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

async function stored(): Promise<string> {
  const files = await readdir(house.folder, { recursive: true, withFileTypes: true });
  const found = files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name), 'utf8'));
  return (await Promise.all(found)).join('\n');
}

const leads: Record<string, string[]> = {
  et: ['Minu parool on', 'parool:', 'mu PIN on'],
  lv: ['Mana parole ir', 'parole:', 'mans PIN ir'],
  en: ['My password is', 'password:', 'my PIN is'],
};
const secrets: Record<string, string> = {
  '4111/1111/1111/1111': '1111/1111',
  'EE38\n2200\n2210\n2014\n5685': '2210',
  'canon.ee/reset?token=Zx81abcQ99': 'Zx81abcQ99',
  'CVC on 739': '739',
  'turvakood 739': '739',
  'drošības kods 739': '739',
  'mana PIN ir 47119': '47119',
  'parool->Uks7Kaks': 'Uks7Kaks',
  'mari@x.ee:Kass1234': 'Kass1234',
};

describe.each(everyLanguage)('in %s', (language) => {
  const said: string[] = [];
  const say = async (text: string) => {
    const received = await house.say('c', text, { locale: language });
    said.push(JSON.stringify(received.replies));
    return received;
  };
  const press = (key: string) => say(texts.label(language, key));
  const warning = (kind: 'password' | 'card') => texts.label(language, `bot:secret.${kind}`);

  /** To the question of a request for CPS Priority support. */
  const toQuestion = async () => {
    said.length = 0;
    await press('bot:commands.menu.label');
    await press('bot:menu.options.contactSupport');
    await press('flows:contactSupport.topic.options.other');
  };
  const toSummary = async () => {
    for (const text of ['Kus on mu kaamera?', 'Foto OÜ', 'mari@example.com']) await say(text);
    const summary = await press('flows:contactSupport.replyBy.options.byEmail');
    expect(nodes(summary)).toEqual(['contactSupport.summary']);
  };

  test.each(Object.entries(secrets))('%j', async (text, secret) => {
    await toQuestion();
    await say(text);
    expect(said.at(-1)).toMatch(new RegExp([warning('password'), warning('card')].map(RegExp.escape).join('|')));
    await toSummary();
    expect(said.join()).not.toContain(secret);
    const kept = await stored();
    expect(kept).toContain('Foto OÜ');
    expect(kept).toContain('•••');
    expect(kept).not.toContain(secret);
  });

  test.each(leads[language]!)('%s, and in the next message the secret', async (lead) => {
    await toQuestion();
    await say(lead);
    await say(/PIN/.test(lead) ? '83051' : 'Xyzzy7Secret');
    expect(said.at(-1)).toContain(warning('password'));
    for (const text of ['Foto OÜ', 'mari@example.com']) await say(text);
    await press('flows:contactSupport.replyBy.options.byEmail');
    await house.restart();
    const kept = await stored();
    expect(kept).toContain(lead);
    expect(kept).toContain('Foto OÜ');
    expect(said.join() + kept).not.toMatch(/Xyzzy7Secret|83051/);
  });

  test('one plain word after it; the message after that stays', async () => {
    await toQuestion();
    await say(leads[language]![0]!);
    await say('kassipoeg');
    expect(said.at(-1)).toContain(warning('password'));
    await say('koerakutsikas');
    expect(said.at(-1)).not.toContain(warning('password'));
    const kept = await stored();
    expect(kept).not.toContain('kassipoeg');
    expect(kept).toContain('koerakutsikas');
  });

  test('after a restart too', async () => {
    await toQuestion();
    await say(leads[language]![0]!);
    await house.restart();
    await say('Xyzzy7Secret');
    expect(said.at(-1)).toContain(warning('password'));
    expect(await stored()).not.toContain('Xyzzy7Secret');
  });

  test('a button, a command, a sentence after it are what they are', async () => {
    for (const key of [
      'bot:commands.menu.label',
      'bot:commands.back.label',
      'flows:contactSupport.company.options.skip',
    ]) {
      await toQuestion();
      await say(leads[language]![0]!);
      await press(key);
      expect(said.at(-1)).not.toContain(warning('password'));
      expect(said.at(-1)).not.toContain('•••');
    }
    await toQuestion();
    await say(leads[language]![0]!);
    await say('Foto ja Video Stuudio');
    expect(await stored()).toContain('Foto ja Video Stuudio');
  });
});
