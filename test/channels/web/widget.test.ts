import { readFileSync } from 'node:fs';
import { Script } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { webTexts } from '../../../src/channels/web/texts.ts';
import { completeWidget } from '../../../src/channels/web/widget.ts';
import { textsFromDisk } from './texts-from-disk.ts';

const browser = (name: string) =>
  readFileSync(new URL(`../../../src/channels/web/browser/${name}`, import.meta.url), 'utf8');
const { languages, file } = textsFromDisk;
const texts = Object.fromEntries(
  languages.map((language) => [language, webTexts(file(language, 'web'), file(language, 'bot'))]),
);
const complete = (all = texts, contact?: string) =>
  completeWidget(browser('widget.js'), browser('widget.css'), all, contact);
const widget = complete();

test('is one script that parses, with every language in it', () => {
  expect(() => new Script(widget)).not.toThrow();
  for (const { widget: say } of Object.values(texts)) expect(widget).toContain(say.open);
});

test('stays under 10 kB of gzip, also with three times as many languages', () => {
  const many = Object.fromEntries(
    ['', '2', '3'].flatMap((suffix) => Object.entries(texts).map(([key, value]) => [key + suffix, value])),
  );
  expect(gzipSync(widget).length).toBeLessThan(10_000);
  expect(gzipSync(complete(many)).length).toBeLessThan(10_000);
});

test('texts cannot end the script or start a replacement', () => {
  const [language = ''] = languages;
  const odd = {
    [language]: { ...texts[language]!, widget: { ...texts[language]!.widget, open: `$& ' " \`\${1} \n` } },
  };
  expect(() => new Script(complete(odd))).not.toThrow();
});

test('a source without its places is refused', () => {
  expect(() => completeWidget('const texts = {};', '', texts, undefined)).toThrow('__TEXTS__');
});

test('knows whom to write to where that is configured, and nobody otherwise', () => {
  expect(widget).toContain('const contact = null;');
  expect(complete(texts, 'support@example.com')).toContain('const contact = "support@example.com";');
});
