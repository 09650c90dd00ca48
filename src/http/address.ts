import type { IncomingMessage } from 'node:http';
import { isIPv4, isIPv6 } from 'node:net';
import { isLoopbackHost } from '../config/values.ts';

const unmapped = (address: string) => (/^::ffff:\d+\.\d+\.\d+\.\d+$/i.test(address) ? address.slice(7) : address);

/** A household or an office usually holds 64 bits of IPv6 addresses, so that is what a limit has to count. */
function network(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.replace(/%.*$/, '').split('::');
  const groups = head.split(':').filter(Boolean);
  if (tail !== undefined) {
    const rest = tail.split(':').filter(Boolean);
    while (groups.length + rest.length < 8) groups.push('0');
    groups.push(...rest);
  }
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
    .concat('::/64');
}

/** @param trustProxy how many entries at the end of X-Forwarded-For were written by proxies of our own */
export function clientAddress(request: IncomingMessage, trustProxy: number): string {
  const peer = request.socket.remoteAddress ?? '';
  if (trustProxy === 0) return network(unmapped(peer));
  const forwarded = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean);
  const claimed = unmapped(forwarded.at(-trustProxy) ?? forwarded[0] ?? peer);
  return network(isIPv4(claimed) || isIPv6(claimed) ? claimed : unmapped(peer));
}

/** What a proxy may write; one that writes nothing at all cannot be told from this machine (docs/operations.md). */
const ofProxies = /^(?:forwarded|via|x-real-ip|x-forwarded-.*)$/;

/**
 * Asked for on this machine: from a loopback address, by a loopback name (a website that points its own name here is not),
 * and through no proxy (a proxy on this machine would make everybody local).
 */
export function isLocal(request: IncomingMessage): boolean {
  const { host = '' } = request.headers;
  return (
    !Object.keys(request.headers).some((name) => ofProxies.test(name)) &&
    isLoopbackHost(unmapped(request.socket.remoteAddress ?? '')) &&
    isLoopbackHost(host.replace(/:\d+$/, ''))
  );
}
