/** The customer's own data: the file in which they get it, once, and the last words of a conversation that was erased. */
import { directLine, getToken } from './connection.js';

/** Of a button: what is pressed there is fetched here, with the conversation's token. */
export const fileAddress = `${directLine}/export`;

/** @param {any} activity @param {string} label of the button. @returns the message, with the button when it offers the file */
export function withFile(activity, label) {
  if (!activity.channelData?.support?.export) return activity;
  const button = { type: 'openUrl', title: label, value: fileAddress };
  const card = { contentType: 'application/vnd.microsoft.card.hero', content: { buttons: [button] } };
  return { ...activity, attachments: [card] };
}

/** @param {string} locale BCP 47 @param {string} resume @returns {Promise<boolean>} false: it was fetched already, or too long ago */
export async function saveFile(locale, resume) {
  const grant = await getToken(locale, resume).catch(() => undefined);
  if (!grant) return false;
  const { conversationId, token } = grant;
  const headers = { authorization: `Bearer ${token}` };
  const address = `${directLine}/conversations/${conversationId}/export`;
  const response = await fetch(address, { headers }).catch(() => undefined);
  if (!response?.ok) return false;
  const file = new Blob([JSON.stringify(await response.json(), undefined, 2)], { type: 'application/json' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = 'cps-chat.json';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  return true;
}

/** The bot's own Markdown (bold, lists) as plain lines. */
export const plainLines = (text) => text.replaceAll('**', '').replace(/^- /gm, '');
