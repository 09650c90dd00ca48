/** What is checked of a channel's token before the SDK: it would take some of these, and keep something for ever of others. */

export const channelIssuer = 'https://api.botframework.com';
/** Seconds by which clocks may differ; the SDK's own figure. */
const tolerance = 300;

interface Claims {
  iss?: unknown;
  aud?: unknown;
  exp?: unknown;
  nbf?: unknown;
  serviceurl?: unknown;
}

/** Claims of tokens between bots and of the emulator. A channel's token has none of them, and the SDK would follow them elsewhere. */
const foreign = ['ver', 'tid', 'appid', 'azp'];

function decode(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The token of `Authorization`, if it claims to be a channel's token for this bot, now, and for this service address.
 * Its signature is not looked at.
 * @param now seconds since 1970
 */
export function plausibleToken(
  authorization: string | undefined,
  expected: { appId: string; serviceUrl: string; now: number },
): { token: string; expires: number } | undefined {
  const [, head, body] = /^Bearer ([\w-]{10,2000})\.([\w-]{10,4000})\.[\w-]{10,2000}$/.exec(authorization ?? '') ?? [];
  const header = head && decode(head);
  const claims = body && (decode(body) as Claims | undefined);
  if (!authorization || !header || !claims) return undefined;
  const { iss, aud, exp, nbf = 0, serviceurl } = claims;
  const holds =
    header.alg === 'RS256' &&
    typeof header.kid === 'string' &&
    iss === channelIssuer &&
    aud === expected.appId &&
    serviceurl === expected.serviceUrl &&
    typeof exp === 'number' &&
    expected.now < exp + tolerance &&
    typeof nbf === 'number' &&
    expected.now >= nbf - tolerance &&
    !foreign.some((name) => Object.hasOwn(claims, name));
  return holds ? { token: authorization.slice('Bearer '.length), expires: exp + tolerance } : undefined;
}
