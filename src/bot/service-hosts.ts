import { isLoopbackHost } from '../config/values.ts';

/**
 * Where Microsoft's channels of the public cloud take messages. The bot's own token goes there and nowhere else: an address
 * arrives with every activity, and whoever gets a token can speak as the bot.
 */
const hosts: ReadonlySet<string> = new Set([
  'smba.trafficmanager.net',
  'api.botframework.com',
  'directline.botframework.com',
  'europe.directline.botframework.com',
  'india.directline.botframework.com',
  'webchat.botframework.com',
  'europe.webchat.botframework.com',
  'india.webchat.botframework.com',
]);

/**
 * Only as a parser would write it itself: no user, port, query, other spelling or odd sign, so that no other program can
 * read another host in it.
 * @param signed whether the bot has an app id, and so a token to lose; without one it only speaks to this machine
 */
export function mayServe(serviceUrl: string, signed: boolean): boolean {
  if (!URL.canParse(serviceUrl)) return false;
  const { protocol, hostname, pathname } = new URL(serviceUrl);
  if (!signed) return /^https?:$/.test(protocol) && isLoopbackHost(hostname);
  const written = `https://${hostname}${pathname}`;
  return hosts.has(hostname) && (serviceUrl === written || `${serviceUrl}/` === written);
}
