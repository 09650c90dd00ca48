/** `npm run teams:package`: writes teams/cps-support.zip, after its manifest has passed Microsoft's own schema. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ManifestUtil } from '@microsoft/app-manifest';
import { loadConfig } from '../src/config.ts';
import { loadTexts } from '../src/language/texts.ts';
import { colorIcon, outlineIcon } from './lib/icon.ts';
import { manifestTexts, manifestVersion, teamsManifest } from './lib/teams-manifest.ts';
import { zip } from './lib/zip.ts';

const root = join(import.meta.dirname, '..');
const config = await loadConfig();
if (!config.appId || !config.publicUrl?.startsWith('https://')) {
  console.error('Set MicrosoftAppId and PUBLIC_URL (https://…) first: both stand in the manifest.');
  process.exit(1);
}
const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
const texts = loadTexts();
const { version } = readJson(join(root, 'package.json')) as { version: string };
const manifest = teamsManifest(config, version, texts);
const schemas = join(root, `node_modules/@microsoft/app-manifest/build/json-schemas/teams/v${manifestVersion}`);
const problems = await ManifestUtil.validateManifestAgainstSchema(
  manifest as never,
  readJson(join(schemas, 'MicrosoftTeams.schema.json')),
);
if (problems.length > 0) {
  console.error(`The manifest does not fit Teams’ schema ${manifestVersion}:\n  ${problems.join('\n  ')}`);
  process.exit(1);
}
const json = (value: object) => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
const more = texts.languages
  .filter((tag) => tag !== 'en')
  .map((tag) => [`${tag}.json`, json(manifestTexts(tag, texts))]);
const file = join(root, 'teams/cps-support.zip');
mkdirSync(join(root, 'teams'), { recursive: true });
writeFileSync(
  file,
  zip({
    'manifest.json': json(manifest),
    'color.png': colorIcon(),
    'outline.png': outlineIcon(),
    ...Object.fromEntries(more),
  }),
);
console.log(`teams/cps-support.zip (manifest ${manifestVersion}, version ${version}, ${texts.languages.join(', ')})`);
