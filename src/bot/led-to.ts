/** "My password is", Enter, and the password: the second message is masked because of the first. */
import { isOffered } from '../conversation/is-offered.ts';
import type { Event, World } from '../conversation/state.ts';
import { ledTo, maskLedTo } from '../language/values/mask-led-to.ts';
import type { Conversation } from './conversations.ts';
import type { Incoming } from './to-event.ts';

/** Without the secret that the message before led to, if it did. What the bot waits for is none. */
export function withoutLedTo(incoming: Incoming, before: Conversation, world: World): Incoming {
  const { event, line } = incoming;
  if (event?.type !== 'message' || !before.ledTo || isOffered(event.text, before.state, world)) return incoming;
  const { text, found } = maskLedTo(event.text, before.ledTo);
  if (found.length === 0) return incoming;
  const secrets = [...new Set([...(event.secrets ?? []), ...found])];
  return { event: { ...event, text, secrets }, ...(line ? { line: { ...line, text } } : {}) };
}

/** The conversation as the next message finds it: what a message led to counts for that one alone. */
export function leadingOn({ ledTo: earlier, ...conversation }: Conversation, event: Event): Conversation {
  const kind = event.type === 'message' ? ledTo(event.text) : earlier;
  return kind ? { ...conversation, ledTo: kind } : conversation;
}
