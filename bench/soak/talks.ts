/** What the customers of the soak say, in every language of the bot, and where it must lead. */
import { loadTexts, localesFolder } from '../../src/language/texts.ts';
import { readUnderstandingData } from '../../src/language/understand/files.ts';

export interface Said {
  text: string;
  /** `flow.node` of the last reply; anything when it is absent. */
  at?: string;
}

const texts = loadTexts();
export const { languages, label } = texts;

export const pick = <T>(all: readonly T[]): T => all[Math.floor(Math.random() * all.length)]!;

export const startOver = (language: string): Said => ({
  text: label(language, 'bot:commands.startOver.label'),
  at: 'null.menu',
});

const twoDaysAgo = () => new Date(Date.now() - 2 * 24 * 3600_000).toISOString().slice(0, 10);

/** From the menu through the registration to where one waits. */
export function registration(language: string): Said[] {
  const option = (node: string, name: string) => label(language, `flows:register.${node}.options.${name}`);
  return [
    { text: label(language, 'bot:menu.options.register'), at: 'register.start' },
    { text: option('start', 'newAccount'), at: 'register.authorised' },
    { text: option('authorised', 'yes'), at: 'register.vat' },
    { text: option('vat', 'yes'), at: 'register.documentsVat' },
    { text: option('documentsVat', 'ready'), at: 'register.hadCps' },
    { text: option('hadCps', 'no'), at: 'register.noOldEmail' },
    { text: option('noOldEmail', 'next'), at: 'register.apply' },
    { text: option('apply', 'sent'), at: 'register.sentOn' },
    { text: twoDaysAgo(), at: 'register.country' },
    { text: option('country', 'skip'), at: 'register.wait' },
  ];
}

/** From the menu to a request that has been passed on. */
export function request(language: string, address: string): Said[] {
  const option = (node: string, name: string) => label(language, `flows:contactSupport.${node}.options.${name}`);
  return [
    { text: label(language, 'bot:menu.options.contactSupport'), at: 'contactSupport.topic' },
    { text: option('topic', 'other'), at: 'contactSupport.question' },
    { text: `${pick(questions(language))} ${address}`, at: 'contactSupport.company' },
    { text: option('company', 'skip'), at: 'contactSupport.email' },
    { text: address, at: 'contactSupport.reply' },
    { text: option('reply', 'byEmail'), at: 'contactSupport.summary' },
    { text: option('summary', 'send') },
  ];
}

const phrases = readUnderstandingData(localesFolder);
const questions = (language: string): string[] => Object.values(phrases[language]?.utterances ?? {}).flat();

/** What must never be found again in what is stored. */
export const secrets = ['Kevad2026!x', '4111 1111 1111 1111', 'EE382200221020145685'] as const;

const strange = [
  'qwrtz plomf 77',
  '…',
  '👍👍',
  'مرحبا بكم',
  '$t(bot:greeting) {{link}}',
  'блабла',
  '<img src=x>',
  '    ',
];
const commands = ['again', 'back', 'menu', 'language'];

/** Anything that people type, a dozen of it. */
export function freely(language: string, count: number): Said[] {
  const one = (): string => {
    const dice = Math.random();
    if (dice < 0.6) return pick(questions(language));
    if (dice < 0.75) return pick(strange);
    if (dice < 0.85) return label(language, `bot:commands.${pick(commands)}.label`);
    if (dice < 0.9) return pick(questions(pick(languages)));
    if (dice < 0.95) return `${pick(questions(language))} `.repeat(100).slice(0, 4000);
    return secretly(language, pick(secrets));
  };
  return Array.from({ length: count }, () => ({ text: one() }));
}

const password: Record<string, string> = { et: 'minu parool on', lv: 'mana parole ir', en: 'my password is' };
const secretly = (language: string, secret: string) =>
  secret === secrets[0] ? `${password[language] ?? password.en} ${secret}` : secret;
