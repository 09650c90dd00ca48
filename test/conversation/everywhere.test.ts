import { describe, expect, test } from 'vitest';
import type { State, Understood } from '../../src/conversation/state.ts';
import type { Detail, IntentName } from '../../src/language/understand/intents.ts';
import { everyLanguage, talk } from '../helpers/talk.ts';

/** A stand-in for understanding that is told what each phrase means: here it matters what is done with the meaning. */
const meaning =
  (intents: Record<string, Partial<Understood>>) =>
  (text: string): Understood => ({
    intent: 'none',
    decision: 'none',
    ranking: [],
    language: 'en',
    languageSure: false,
    ...intents[text],
  });
const sure = (intent: IntentName): Partial<Understood> => ({
  intent,
  decision: 'answer',
  ranking: [{ intent, score: 0.9 }],
});

describe.each(everyLanguage)('what works everywhere, in %s', (language) => {
  test('every question offers back, again, start over, another language, and a human', () => {
    const customer = talk(language);
    for (const step of ['@register', '@newAccount', '@yes', '@yes']) {
      const commands = customer
        .say(step)
        .at(-1)!
        .choices.filter(({ command }) => command);
      expect(commands.map(({ part }) => part.key.split('.')[1])).toEqual([
        'back',
        'again',
        'startOver',
        'language',
        'human',
      ]);
    }
  });

  test('again puts the same question, start over the menu; the requests made so far are kept', () => {
    const customer = talk(language);
    customer.say('@register');
    customer.say('@newAccount');
    customer.say('@again');
    expect(customer.where()).toBe('register.authorised');
    customer.say('@startOver');
    expect(customer.where()).toBe('null.menu');
    expect(customer.state.answers).toEqual({});
  });

  test('a side question in the middle is answered, then the open question is put again', () => {
    const customer = talk(language, { understand: meaning({ 'member number?': sure('member-number-changed') }) });
    customer.say('@register');
    customer.say('@newAccount');
    const replies = customer.say('member number?');
    expect(replies.map(({ flow, node }) => `${flow}.${node}`)).toEqual(['answers.memberNumber', 'register.authorised']);
    expect(replies[0]?.intent).toBe('member-number-changed');
  });

  test('another flow in the middle ends, then the open question is put again', () => {
    const customer = talk(language, { understand: meaning({ 'levels?': sure('tiers') }) });
    for (const step of ['@register', '@newAccount', '@yes', 'levels?']) customer.say(step);
    expect(customer.where()).toBe('tiers.points');
    customer.say('1800');
    expect(customer.where()).toBe('register.vat');
  });

  test('a flow that waits below is gone back to, not entered twice', () => {
    const customer = talk(language, {
      understand: meaning({ 'levels?': sure('tiers'), register: sure('register-account') }),
    });
    for (const step of ['@register', '@newAccount', '@yes', 'levels?', 'register']) customer.say(step);
    expect(customer.where()).toBe('register.vat');
    expect(customer.state.returns).toEqual([]);
  });

  test('an open question’s own answer wins over what the words could mean elsewhere', () => {
    const word = { et: 'kaart', lv: 'karte', en: 'card' }[language]!;
    const customer = talk(language, { understand: meaning({ [word]: sure('payment-method') }) });
    customer.say('@payment');
    customer.say(word);
    expect(customer.where()).toBe('payment.cardMore');
  });

  test('what the sentence has told already is not asked', () => {
    const phrase = { et: 'millal kaardiga raha võetakse', lv: 'kad noņem naudu ar karti', en: 'card charged when??' }[
      language
    ]!;
    const customer = talk(language, { understand: meaning({ [phrase]: sure('payment-due') }) });
    const replies = customer.say(phrase);
    expect(replies.map(({ node }) => node)).toEqual(['card', 'cardMore']);
  });

  test('the day and the country of the application in a sentence: straight to the day on which the e-mail is due', () => {
    const phrase = {
      et: 'taotlesin eile Lätis, millal e-kiri tuleb?',
      lv: 'pieteicos vakar Latvijā, kad būs e-pasts?',
      en: 'I applied yesterday in Latvia, when will the mail come?',
    }[language]!;
    const customer = talk(language, { understand: meaning({ [phrase]: sure('validation-wait') }) });
    const replies = customer.say(phrase);
    expect(replies.map(({ node }) => node)).toEqual(['dateUnderstood', 'wait']);
    expect(customer.words()).toMatch(/23\.11\.2026|23 November 2026/);
  });

  test('an e-mail address in the wish for a human is not asked for again', () => {
    const customer = talk(language, { understand: meaning({ 'human please, me@example.com': sure('talk-to-human') }) });
    customer.say('human please, me@example.com');
    for (const step of ['@other', 'x', '@skip']) customer.say(step);
    expect(customer.where()).toBe('contactSupport.reply');
  });

  test('a number of points in a sentence goes straight to the levels', () => {
    const phrase = { et: 'mul on 1800 punkti', lv: 'man ir 1800 punktu', en: 'I have 1800 points' }[language]!;
    const customer = talk(language);
    customer.say(phrase);
    expect(customer.where()).toBe('tiers.someLevels');
  });

  test('guesses are buttons; "none of these" leads on', () => {
    const ranking: Understood['ranking'] = [
      { intent: 'tiers', score: 0.4 },
      { intent: 'password', score: 0.3 },
    ];
    const customer = talk(language, { understand: meaning({ hmm: { decision: 'offer', ranking } }) });
    customer.say('hmm');
    expect(customer.where()).toBe('null.guesses');
    customer.say('2');
    expect(customer.state.aside?.kind).toBe('offers');
    customer.say('hmm');
    customer.say('3');
    expect(customer.where()).toBe('null.menu');
  });

  test('"not that" offers what else it could have been', () => {
    const ranking: Understood['ranking'] = [
      { intent: 'tiers', score: 0.9 },
      { intent: 'password', score: 0.3 },
      { intent: 'greeting', score: 0.2 },
    ];
    const customer = talk(language, { understand: meaning({ 'hmm?': { ...sure('tiers'), ranking } }) });
    customer.say('hmm?');
    expect(customer.where()).toBe('tiers.points');
    customer.say({ et: 'mitte see', lv: 'ne tas', en: 'not that' }[language]!);
    expect(customer.where()).toBe('null.guesses');
    customer.say('1');
    expect(customer.words()).toContain('donotreply@canon-europe.com');
  });

  test('an earlier answer is taken back in words: its question is put again', () => {
    const customer = talk(language);
    for (const step of ['@register', '@newAccount', '@yes', '@yes', '@ready', '@no']) customer.say(step);
    expect(customer.where()).toBe('register.noOldEmail');
    customer.say(
      {
        et: 'ei, mul oli ikka CPS konto',
        lv: 'nē, man tomēr bija CPS konts',
        en: 'no, I did have a CPS account after all',
      }[language]!,
    );
    expect(customer.where()).toBe('register.hadCps');
    customer.say('@yes');
    expect(customer.where()).toBe('register.enterOldEmail');
  });

  test('an ordinary answer with a reason is no correction', () => {
    const customer = talk(language);
    for (const step of ['@register', '@newAccount', '@yes', '@yes', '@ready']) customer.say(step);
    customer.say(
      { et: 'jah, aga vana meiliga', lv: 'jā, bet ar veco e-pastu', en: 'yes, but with an old e-mail' }[language]!,
    );
    expect(customer.where()).toBe('register.enterOldEmail');
  });

  test('what was not understood is kept for those who care for the phrases', () => {
    const customer = talk(language);
    customer.say('xyzzy');
    expect(customer.effects).toEqual([{ type: 'unknown', text: 'xyzzy', language }]);
  });

  test('the ladder: examples, then guesses or the menu, then a human', () => {
    const customer = talk(language);
    customer.say('xyzzy');
    expect(customer.words()).toContain('1800');
    customer.say('xyzzy');
    expect(customer.where()).toBe('null.menu');
    customer.say('xyzzy');
    expect(customer.where()).toBe('null.stuck');
  });

  test('anger, law and privacy go to a human at once', () => {
    const customer = talk(language, { understand: meaning({ 'delete me': { route: 'privacy' } }) });
    const replies = customer.say('delete me');
    expect(replies[0]?.parts[0]?.key).toBe('bot:urgent');
    expect(customer.where()).toBe('contactSupport.question');
  });

  test('out of scope is declined', () => {
    const customer = talk(language, { understand: meaning({ 'weather?': { outOfScope: true } }) });
    customer.say('weather?');
    expect(customer.where()).toBe('null.menu');
  });

  test('another language: asked for, named, or written clearly', () => {
    const other = everyLanguage.find((one) => one !== language)!;
    const chosen = talk(language);
    chosen.say('@register');
    chosen.say('@language');
    chosen.say(String(everyLanguage.indexOf(other) + 1));
    expect([chosen.state.language, chosen.where()]).toEqual([other, 'register.start']);
    const named = talk(language);
    named.say({ et: 'eesti keel', lv: 'latviešu valoda', en: 'English' }[other]!);
    expect(named.state.language).toBe(other);
    const written = talk(language, {
      understand: meaning({ 'a clear sentence': { language: other, languageSure: true } }),
    });
    written.say('a clear sentence');
    expect(written.state.language).toBe(other);
    const page = talk(language);
    page.say('@register');
    page.send({ type: 'language', language: other });
    expect([page.state.language, page.where()]).toEqual([other, 'register.start']);
  });

  test('a country named at the question for it is an answer, not a wish for its language', () => {
    const customer = talk(language);
    for (const step of ['@register', '@applied', '@no', '@yesterday', 'Eesti']) customer.say(step);
    expect(customer.state.language).toBe(language);
    expect(customer.state.country).toBe('EE');
  });

  test.each([['x'.repeat(5000)], ['👍👍👍'], ['مرحبا، كيف حالك؟'], [''], ['   \n\t'], ['‮‮‮'], ['\u0000\u0001']])(
    '%j gets a sensible answer',
    (typed) => {
      const customer = talk(language);
      customer.say('@register');
      expect(customer.say(typed).length).toBeGreaterThan(0);
      expect(customer.words().length).toBeGreaterThan(10);
    },
  );

  test('a file is refused with a sentence, and the question is put again (G2)', () => {
    const customer = talk(language);
    customer.say('@register');
    const replies = customer.send({ type: 'upload' });
    expect(replies[0]?.parts[0]?.key).toBe('bot:upload');
    expect(customer.where()).toBe('register.start');
  });

  test('somebody’s own words stay words: no i18next, no Markdown, no link', () => {
    const customer = talk(language);
    const typed = '$t(bot:greeting) {{link}} **x** [a](http://evil.example) <b>';
    for (const step of ['@contactSupport', '@other', typed, '@skip', '@skip', '@skip']) customer.say(step);
    const summary = customer.words();
    expect(summary).toContain('\\$t\\(bot\\:greeting\\)');
    expect(summary).toContain('\\[a\\]\\(http\\:\\/\\/evil\\.example\\)');
    expect(summary).toContain('\\<b\\>');
  });

  test('a stored conversation whose node is gone starts that part again, with the answers kept', () => {
    const customer = talk(language);
    for (const step of ['@register', '@newAccount', '@yes']) customer.say(step);
    customer.state = { ...customer.state, at: { flow: 'register', node: 'gone', version: 1 } };
    const replies = customer.say('@again');
    expect(replies[0]?.parts[0]?.key).toBe('bot:movedFlow');
    expect(customer.where()).toBe('register.start');
    expect(customer.state.answers.register?.authorised).toEqual({ option: 'yes' });
  });

  test('a place that is gone is not come back to: neither after a detour nor by "back"', () => {
    const gone = { flow: 'register', node: 'gone' } as const;
    const atDetour = (changes: Partial<State>) => {
      const customer = talk(language);
      const at = { flow: 'migrateButtonMissing', node: 'openMyProducts', version: 1 } as const;
      customer.state = { ...customer.state, at, ...changes };
      customer.say('@again');
      return customer;
    };
    const before: State['trail'][number] = { flow: 'register', node: 'vat', returns: [] };
    const ended = atDetour({ returns: [{ ...gone, detour: true }] });
    ended.say('@yes');
    expect(ended.where()).toBe('migrateButtonMissing.pressButton');
    for (const step of [
      { ...gone, returns: [] },
      { ...before, returns: [gone] },
    ]) {
      const back = atDetour({ trail: [before, step] });
      back.say('@back');
      expect(back.where()).toBe('register.vat');
      expect(back.state.returns).toEqual([]);
    }
  });
});

describe('defects that a reader found', () => {
  const step = (language: string, ...steps: string[]) => {
    const customer = talk(language);
    for (const one of steps) customer.say(one);
    return customer;
  };

  test('"e-kiri tuli" is not "ei"', () => {
    const customer = step('et', '@register', '@applied', 'e-kiri tuli');
    expect(customer.where()).not.toBe('register.sentOn');
    const consent = step('et', '@contactSupport', '@other', 'x', '@skip', '@skip', '@skip', 'e-postiga');
    expect(consent.where()).not.toBe('contactSupport.notSent');
  });

  test('a stop keeps what was told, and "back" returns', () => {
    const customer = step('en', '@register', '@newAccount', '@yes', 'stop');
    expect(customer.where()).toBe('null.menu');
    expect(customer.state.answers.register?.authorised).toEqual({ option: 'yes' });
    customer.say('back');
    expect(customer.where()).toBe('register.vat');
  });

  test('a yes to a guess never answers the question below it', () => {
    const ranking: Understood['ranking'] = [
      { intent: 'tiers', score: 0.4 },
      { intent: 'password', score: 0.3 },
    ];
    const understand = meaning({ hmm: { decision: 'offer', ranking } });
    const customer = talk('et', { understand });
    for (const one of ['@register', '@newAccount', 'hmm', 'hmm', 'jah']) customer.say(one);
    expect(customer.where()).toBe('null.guesses');
    expect(customer.state.answers.register?.authorised).toBeUndefined();
  });

  test('out of scope is said only when nothing else is likely', () => {
    const ranking: Understood['ranking'] = [{ intent: 'documents', score: 0.5 }];
    const phrase = 'what documents do I need and how long';
    const customer = talk('en', {
      understand: meaning({ [phrase]: { decision: 'offer', outOfScope: true, ranking } }),
    });
    customer.say(phrase);
    expect(customer.where()).toBe('null.guesses');
  });

  test('points can be corrected, and asked about again', () => {
    const customer = step('en', '@tiers', '498', '499');
    expect(customer.state.answers.tiers?.points).toEqual({ value: 499 });
    customer.say('2 000');
    expect(customer.where()).toBe('tiers.anyOfThree');
  });

  test('a side question about payment shows no place in the walk-through; the planned way does', () => {
    const understand = meaning({ 'pay?': sure('payment-method') });
    const customer = talk('en', { understand });
    for (const one of ['@register', '@newAccount', '@yes', 'pay?']) customer.say(one);
    expect(customer.where()).toBe('payment.method');
    expect(customer.words()).not.toContain('Part 2');
    const planned = step('en', '@register', '@haveAccount', '@yes', '@both', '@done', '@yes', '1800', '@yes', '@next');
    expect(planned.words()).toContain('Part 2');
  });

  test('the way back is said after a detour of the customer’s own, not on the planned way', () => {
    const planned = step('en', '@register', '@haveAccount', '@yes', '@both', '@done', '@yes', '1800');
    expect(planned.words()).not.toContain('Back to');
    const understand = meaning({ 'levels?': sure('tiers') });
    const detour = talk('en', { understand });
    for (const one of ['@register', '@newAccount', 'levels?', '1800']) detour.say(one);
    expect(detour.words()).toContain('Back to');
  });

  test('what words alone tell goes to its own place', () => {
    const details: Record<string, Detail> = {
      a: 'link',
      b: 'faq',
      c: 'usableAtOnce',
      d: 'moneyProblem',
      e: 'refusal',
      f: 'noPasswordMail',
      g: 'contact',
      h: 'price',
    };
    const understand = meaning(Object.fromEntries(Object.entries(details).map(([text, detail]) => [text, { detail }])));
    const places = Object.keys(details).map((text) => {
      const customer = talk('en', { understand });
      return customer.say(text)[0]?.node;
    });
    expect(places).toEqual([
      'link',
      'faq',
      'usableAtOnce',
      'moneyProblem',
      'refusal',
      'mailArrived',
      'contact',
      'notInGuide',
    ]);
  });

  test('when to pay, without a method named: both are told', () => {
    const customer = talk('en', { understand: meaning({ 'when?': sure('payment-due') }) });
    customer.say('when?');
    expect(customer.where()).toBe('payment.compare');
  });

  test('in a question for free words nothing is taken for a correction', () => {
    const customer = step(
      'en',
      '@register',
      '@newAccount',
      '@yes',
      '@yes',
      '@ready',
      '@no',
      'talk to a human',
      '@other',
    );
    customer.say('Actually I did have a CPS account after all');
    expect(customer.where()).toBe('contactSupport.company');
    expect(customer.state.answers.contactSupport?.question?.value).toContain('Actually');
  });

  test('one shared word does not choose a topic', () => {
    const customer = step('et', '@contactSupport', 'migreeritud');
    expect(customer.where()).not.toBe('contactSupport.oldEmail');
  });

  test('"jah, aga vana postkasti enam pole" is the option that says so (A4d)', () => {
    const customer = step('et', '@register', '@newAccount', '@yes', '@yes', '@ready', 'jah, aga vana meili enam pole');
    expect(customer.where()).toBe('register.enterAnyway');
  });

  test('the day in the same sentence is not asked for', () => {
    const customer = step(
      'en',
      '@register',
      '@newAccount',
      '@yes',
      '@yes',
      '@ready',
      '@no',
      '@next',
      'I have sent it yesterday',
    );
    expect(customer.where()).toBe('register.country');
  });
});
