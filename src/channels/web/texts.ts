import { z } from 'zod';

const words = z.string().min(1);
const labels = <const K extends string>(...keys: K[]) =>
  z.strictObject(Object.fromEntries(keys.map((key) => [key, words])) as Record<K, typeof words>);

/** `locales/<lng>/web.json`: what the support page, the button on a website and the chat frame say. */
export const webFile = z.strictObject({
  /** BCP 47 with a country: Web Chat's own interface, dates and numbers. */
  locale: z.string().regex(/^[a-z]{2,3}-[A-Z]{2}$/),
  page: labels(
    'title',
    'description',
    'skip',
    'languages',
    'heading',
    'intro',
    'source',
    'privacy',
    'faq',
    'noScript',
  ).extend({
    points: labels('steps', 'causes', 'human'),
  }),
  widget: labels('open', 'close', 'opening', 'failed', 'retry', 'unread'),
  frame: labels(
    'title',
    'pageTitle',
    'language',
    'commands',
    'back',
    'again',
    'startOver',
    'human',
    'close',
    'opening',
    'failed',
    'broken',
    'busy',
    'troubled',
    'closed',
    'contact',
    'ended',
    'saveFile',
    'notSaved',
    'retry',
    'startNew',
  ),
  /** Replaces strings of Web Chat's own that are missing, wrong or too technical in that language. */
  webchat: z.record(z.string().regex(/^[A-Z_]+$/), words),
});
export type WebFile = z.infer<typeof webFile>;

const label = z.looseObject({ label: words });
/** The part of `locales/<lng>/bot.json` that the chat frame types on behalf of the customer. */
export const botFile = z.looseObject({
  language: z.looseObject({ name: words }),
  commands: z.looseObject({ back: label, again: label, startOver: label, human: label }),
});

export type CommandName = 'back' | 'again' | 'startOver' | 'human';

/** Everything the website side says in one language. */
export interface WebTexts extends WebFile {
  /** The language's name in the language itself; typed into the chat it switches to that language. */
  name: string;
  /** The words that a customer could type instead of pressing the button. */
  commands: Record<CommandName, string>;
}

/** Joins the two files of one language. @throws ZodError that names the key when a text is missing. */
export function webTexts(web: unknown, bot: unknown): WebTexts {
  const { language, commands } = botFile.parse(bot);
  const file = webFile.parse(web);
  return {
    ...file,
    name: language.name.charAt(0).toLocaleUpperCase(file.locale) + language.name.slice(1),
    commands: {
      back: commands.back.label,
      again: commands.again.label,
      startOver: commands.startOver.label,
      human: commands.human.label,
    },
  };
}
