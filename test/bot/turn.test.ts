import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NotStored } from '../../src/bot/turns.ts';
import type { Store } from '../../src/store/port.ts';
import { StoreConflict, StoreUnavailable } from '../../src/store/port.ts';
import { type House, nodes, openHouse } from '../helpers/converse.ts';
import { testWorld, texts } from '../helpers/world.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const transcript = async (store: Store, id: string) =>
  (await store.lines(id, 0, 1000)).map(({ seq, value }) => ({
    seq,
    ...(value as { text?: string; from?: { id: string } }),
  }));

describe('a turn', () => {
  test('writes the message and the replies before it answers', async () => {
    const { seq, replies } = await house.say('c', '1');
    expect(seq).toBe(1);
    expect(replies.map((reply) => reply.seq)).toEqual([2]);
    const lines = await transcript(house.store, 'c');
    expect(lines.map(({ seq, text }) => [seq, typeof text])).toEqual([
      [1, 'string'],
      [2, 'string'],
    ]);
  });

  test('the conversation goes on after a restart', async () => {
    await house.say('c', 'menu');
    await house.say('c', '1');
    await house.restart();
    expect(nodes(await house.say('c', '1'))).toEqual(['register.overview', 'register.authorised']);
  });

  test('the same activity twice is one turn, and is answered with the first answer', async () => {
    await house.say('c', 'menu');
    const first = await house.say('c', '1', { id: 'same' });
    const second = await house.say('c', '1', { id: 'same' });
    expect(second.seq).toBe(first.seq);
    expect(nodes(second)).toEqual(nodes(first));
    await house.restart();
    const third = await house.say('c', '1', { id: 'same' });
    expect(third.replies.map((reply) => reply.seq)).toEqual(first.replies.map((reply) => reply.seq));
    expect((await transcript(house.store, 'c')).filter(({ from }) => from?.id === 'customer')).toHaveLength(2);
  });

  test('a page that sends its message again is recognised by clientActivityID', async () => {
    const resend = { channelData: { clientActivityID: 'page-1' } };
    const first = await house.say('c', 'menu', resend);
    const second = await house.say('c', 'menu', resend);
    expect(second.seq).toBe(first.seq);
  });

  test('20 messages at once: all kept, answered in their order', async () => {
    await house.say('c', 'menu');
    const all = await Promise.all(Array.from({ length: 20 }, (_, i) => house.say('c', `message ${i}`)));
    expect(all.every(({ replies }) => replies.length > 0)).toBe(true);
    const seqs = all.map(({ seq }) => seq ?? 0);
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
    const said = (await transcript(house.store, 'c')).filter(({ from }) => from?.id === 'customer');
    expect(said.map(({ text }) => text)).toEqual(['menu', ...Array.from({ length: 20 }, (_, i) => `message ${i}`)]);
  });

  test('a secret is masked before anything is stored', async () => {
    const { replies } = await house.say('c', 'my password: Hunter2!');
    expect(replies[0]?.activity.text).not.toContain('Hunter2');
    const lines = JSON.stringify(await transcript(house.store, 'c'));
    expect(lines).not.toContain('Hunter2');
  });

  test('a request to support: ticket and mail stand in the same commit', async () => {
    for (const text of ['menu', 'Talk to a human', '10', 'Where is my camera?', 'Photo Ltd', 'me@example.com', '1']) {
      await house.say('c', text);
    }
    const done = await house.say('c', '1');
    expect(nodes(done)).toEqual(['contactSupport.sent']);
    const tickets = [];
    for await (const doc of house.store.scan('ticket')) tickets.push(doc);
    const rows = [];
    for await (const row of house.store.outbox()) rows.push(row);
    expect(tickets).toHaveLength(1);
    expect(rows.map(({ kind }) => kind)).toEqual(['request']);
    const ticket = tickets[0]?.key.replace('ticket/', '');
    expect(rows[0]?.payload).toMatchObject({ ticket, to: 'support@example.com' });
    expect(JSON.stringify(tickets[0]?.value)).toContain('Where is my camera?');
  });

  test('a message that was not understood is kept without addresses and numbers', async () => {
    await house.say('c', 'menu');
    await house.say('c', 'xyzzy me@example.com 5551234567');
    const kept = [];
    for await (const doc of house.store.scan('unknown')) kept.push(doc.value);
    expect(kept).toMatchObject([{ text: 'xyzzy ••• •••', language: 'en' }]);
  });

  test('when somebody else has written in between, it decides again', async () => {
    await house.say('c', 'menu');
    const { commit } = house.store;
    let failures = 2;
    house.store.commit = (what) => (failures-- > 0 ? Promise.reject(new StoreConflict()) : commit(what));
    expect(nodes(await house.say('c', '1'))).toEqual(['register.start']);
  });

  test('a disk that is full: nothing is stored, and the customer is told so in their language', async () => {
    await house.say('c', 'menu', { locale: 'lv' });
    const { commit } = house.store;
    house.store.commit = () => Promise.reject(new StoreUnavailable('no space left'));
    const failed = await house.say('c', '1', { locale: 'lv' }).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(NotStored);
    expect((failed as NotStored).sentence).toBe(texts.label('lv', 'bot:tryAgain'));
    house.store.commit = commit;
    expect(nodes(await house.say('c', '1'))).toEqual(['register.start']);
  });

  test('a failure inside is a plain sentence and a way to a human; the conversation stands where it stood', async () => {
    await house.close();
    const errors: unknown[] = [];
    let broken = true;
    house = await openHouse({
      understand: (...words) => {
        if (broken) throw new Error('hunter2');
        return testWorld().understand(...words);
      },
      onError: (error) => errors.push(error),
    });
    await house.say('c', 'menu');
    await house.say('c', '1');
    const { replies } = await house.say('c', 'what is this?');
    expect(replies[0]?.activity.text).toContain(texts.label('en', 'bot:internalError'));
    expect(replies[0]?.activity.text).not.toContain('hunter2');
    expect(errors).toHaveLength(1);
    broken = false;
    expect(nodes(await house.say('c', '1'))).toEqual(['register.overview', 'register.authorised']);
  });

  const parts = ['understanding', 'the words of the answer', 'what is promised'] as const;
  test.each(texts.languages.flatMap((language) => parts.map((part) => [part, language] as const)))(
    'a failure in %s: said in the customer’s language (%s), with a button that leads to a human',
    async (part, language) => {
      await house.close();
      let breaking: string | undefined;
      const failIn = (name: (typeof parts)[number]) => {
        if (breaking !== name) return;
        breaking = undefined;
        throw new TypeError('hunter2');
      };
      const errors: unknown[] = [];
      house = await openHouse({
        understand: (...words) => {
          failIn('understanding');
          return testWorld().understand(...words);
        },
        texts: {
          ...texts,
          get template() {
            failIn('the words of the answer');
            return texts.template;
          },
        },
        settings: {
          reachable: true,
          supportLanguage: 'en',
          get supportEmail() {
            failIn('what is promised');
            return 'support@example.com';
          },
        },
        onError: (error) => errors.push(error),
      });
      await house.say('c', texts.label(language, 'bot:commands.menu.label'), { locale: language });
      breaking = part;
      const { seq, replies } = await house.say('c', 'qwertz qwertz', { locale: language });
      expect(errors).toHaveLength(1);
      expect(seq, 'what was written is kept').toBeGreaterThan(0);
      const { text, locale, suggestedActions } = replies.at(-1)!.activity;
      expect(locale).toBe(language);
      expect(text).toContain(texts.label(language, 'bot:internalError'));
      expect(text).not.toContain('hunter2');
      const human = texts.label(language, 'bot:third.options.human');
      expect(suggestedActions?.actions.map(({ value }) => value)).toContain(human);
      expect(nodes(await house.say('c', human, { locale: language }))[0]).toMatch(/^contactSupport\./);
    },
  );

  test('a reply never leaves before its commit has returned', async () => {
    const { commit } = house.store;
    let flushed = false;
    house.store.commit = async (what) => {
      const done = await commit(what);
      await new Promise((resolve) => setTimeout(resolve, 30));
      flushed = true;
      return done;
    };
    await house.say('c', 'menu');
    expect(flushed).toBe(true);
  });
});
