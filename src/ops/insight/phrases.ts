/** What customers ask that the bot does not understand, where several of them ask the same: nobody's own words are shown. */
import { hash } from 'node:crypto';
import { fold } from '../../language/fold.ts';
import type { Doc, Store } from '../../store/port.ts';
import { gently } from '../gently.ts';

export interface Phrase {
  /** In small letters, without punctuation. */
  text: string;
  /** The conversations'. */
  language: string;
  conversations: number;
}

const maxPhrases = 30;
const maxLength = 120;
const places = 2 ** 20;

interface Group {
  language: string;
  conversations: Set<string>;
  /** The spellings, which differ in diacritics at most, and how often each was typed. */
  spellings: Map<string, number>;
}

/**
 * Reads the messages twice: first it is counted in a table of fixed size which of them may stand there often enough, so that
 * only those are kept in memory.
 * @param least how many conversations must have the same phrase, in the same language
 */
export async function commonPhrases(store: Pick<Store, 'scan'>, least: number): Promise<Phrase[]> {
  const seen = new Uint8Array(places);
  for await (const doc of gently(store.scan('unknown'))) {
    const { place } = read(doc);
    if (place !== undefined && seen[place]! < 255) seen[place]! += 1;
  }
  const groups = new Map<string, Group>();
  for await (const doc of gently(store.scan('unknown'))) {
    const { name, place, text, language, conversation } = read(doc);
    if (place === undefined || seen[place]! < least) continue;
    const group = groups.get(name) ?? { language, conversations: new Set(), spellings: new Map() };
    group.conversations.add(conversation);
    group.spellings.set(text, (group.spellings.get(text) ?? 0) + 1);
    groups.set(name, group);
  }
  return [...groups.values()]
    .filter(({ conversations }) => conversations.size >= least)
    .sort((a, b) => b.conversations.size - a.conversations.size)
    .slice(0, maxPhrases)
    .map(({ language, conversations, spellings }) => {
      const [text = ''] = [...spellings].sort((a, b) => b[1] - a[1])[0] ?? [];
      return { text: text.slice(0, maxLength), language, conversations: conversations.size };
    });
}

/** @returns no place for a message without any letter or digit. The key is `unknown/<conversation>:<number>` (src/bot/carry-out.ts) */
function read({ key, value }: Doc) {
  const { text: typed = '', language = '' } = (value ?? {}) as { text?: string; language?: string };
  const text = typed
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
  const folded = fold(text);
  const name = `${language} ${folded}`;
  const place = folded === '' ? undefined : hash('md5', name, 'buffer').readUInt32LE() % places;
  return { name, place, text, language, conversation: key.slice(key.indexOf('/') + 1, key.lastIndexOf(':')) };
}
