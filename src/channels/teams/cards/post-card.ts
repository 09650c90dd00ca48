/** What is said in a thread or in answer to somebody: a line, and somebody's own words below it. */
import type { Post } from '../../../support/post.ts';
import { type Card, card, type Element, short, text } from './parts.ts';
import type { Say } from './say.ts';

/** Only a mention alerts anybody in Teams, and a mention stands in a TextBlock; somebody's own words stand in a TextRun. */
export function postCard(
  { key, values = {}, words, mention }: Post,
  ticket: string,
  say: Say,
  actions: Element[] = [],
): Card {
  const about = `${ticket}: ${say(`thread.${key}`, values)}`;
  const tag = mention ? `<at>${mention.name.replace(/[<>]/g, '')}</at>` : '';
  return card(
    [
      ...(tag ? [{ type: 'TextBlock', text: tag, wrap: true }] : []),
      text(about, { bold: words !== undefined }),
      ...(words === undefined ? [] : [text(short(words, 4000))]),
    ],
    actions,
    say.language,
    mention
      ? { msteams: { entities: [{ type: 'mention', text: tag, mentioned: { id: mention.id, name: mention.name } }] } }
      : {},
  );
}

export const messageCard = (words: string, say: Say): Card => card([text(words)], [], say.language);
