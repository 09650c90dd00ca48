/** The Teams app's manifest; its texts are those of locales/<lng>/desk.json. */
import type { Config } from '../../src/config.ts';
import type { Texts } from '../../src/language/texts.ts';

export const manifestVersion = '1.24';
const first = 'en';
const schema = (file: string) => `https://developer.microsoft.com/en-us/json-schemas/teams/v${manifestVersion}/${file}`;
const commands = ['help', 'mine', 'waiting', 'history', 'search', 'language', 'setup'];

type Site = Pick<Config, 'appId' | 'publicUrl' | 'privacyUrl'>;

/** @param version of the package, such as 1.0.0: Teams takes an update only with a higher one */
export function teamsManifest({ appId, publicUrl = '', privacyUrl }: Site, version: string, texts: Texts) {
  const say = (key: string) => texts.label(first, `desk:${key}`);
  const languages = texts.languages.filter((tag) => tag !== first);
  return {
    $schema: schema('MicrosoftTeams.schema.json'),
    manifestVersion,
    version,
    id: appId,
    developer: {
      name: say('app.developer'),
      websiteUrl: publicUrl,
      privacyUrl: privacyUrl ?? publicUrl,
      termsOfUseUrl: publicUrl,
    },
    name: { short: say('app.name'), full: say('app.fullName') },
    description: { short: say('app.short'), full: say('app.long') },
    icons: { color: 'color.png', outline: 'outline.png' },
    accentColor: '#1F4E8C',
    localizationInfo: {
      defaultLanguageTag: first,
      additionalLanguages: languages.map((languageTag) => ({ languageTag, file: `${languageTag}.json` })),
    },
    bots: [
      {
        botId: appId,
        scopes: ['team', 'personal'],
        supportsFiles: false,
        commandLists: [
          {
            scopes: ['team', 'personal'],
            commands: commands.map((name) => ({
              title: say(`commands.${name}.label`),
              description: say(`commands.${name}.about`).slice(0, 128),
            })),
          },
        ],
      },
    ],
    validDomains: publicUrl ? [new URL(publicUrl).hostname] : [],
    webApplicationInfo: { id: appId, resource: publicUrl },
    authorization: {
      permissions: { resourceSpecific: [{ name: 'ChannelMessage.Read.Group', type: 'Application' }] },
    },
  };
}

export function manifestTexts(language: string, texts: Texts): Record<string, string> {
  const say = (key: string) => texts.label(language, `desk:${key}`);
  const lists = commands.flatMap((name, i) => [
    [`bots[0].commandLists[0].commands[${i}].title`, say(`commands.${name}.label`)],
    [`bots[0].commandLists[0].commands[${i}].description`, say(`commands.${name}.about`).slice(0, 128)],
  ]);
  return {
    $schema: schema('MicrosoftTeams.Localization.schema.json'),
    'name.short': say('app.name'),
    'name.full': say('app.fullName'),
    'description.short': say('app.short'),
    'description.full': say('app.long'),
    ...Object.fromEntries(lists),
  };
}
