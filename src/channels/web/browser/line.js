import { directLine } from './connection.js';
import { carryMessages } from './stream.js';

/**
 * The line between Web Chat and the bot.
 * @param {{ webChat: any, access: { token: string, conversationId: string, domain?: string, known: boolean }, locale: string,
 *   onPosted(activity: any, isSettled: boolean): void }} options
 * `onPosted` is called for whatever was sent: settled when the server has taken it, or refuses it for good. Web Chat itself does not
 * tell: it waits for an echo, which events have not, and takes a server that is away for a success.
 */
export function createLine({ webChat, access, locale, onPosted }) {
  const { token, conversationId, domain = directLine, known } = access;
  const line = webChat.createDirectLine({
    token,
    domain,
    conversationStartProperties: { locale },
    ...(known ? { conversationId, watermark: '0' } : {}),
  });
  const hurry = carryMessages(line);
  const post = line.postActivity.bind(line);
  line.postActivity = (activity) =>
    post(activity).do(
      (id) => {
        hurry();
        onPosted(activity, id !== 'retry');
      },
      ({ status }) => onPosted(activity, status !== 429),
    );
  return line;
}
