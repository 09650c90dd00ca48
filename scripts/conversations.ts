/** `npm run conversations -- <lng>`: writes docs/conversations/<lng>.md, a language as its customers meet it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadTexts } from '../src/language/texts.ts';
import { conversationBook } from './lib/conversation-book.ts';

const texts = loadTexts();
const language = process.argv[2];
if (!language || !texts.languages.includes(language)) {
  const named = language ? `"${language}" is not offered: npm run locales says what it lacks. ` : '';
  console.error(`${named}Usage: npm run conversations -- <language>, one of ${texts.languages.join(', ')}`);
  process.exit(1);
}
const folder = join(import.meta.dirname, '../docs/conversations');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, `${language}.md`), conversationBook(language, texts));
console.log(`docs/conversations/${language}.md`);
