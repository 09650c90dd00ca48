/** What a channel's token must say: the one place for these rules. The signature is looked at by whoever has the keys. */

export const channelIssuer = 'https://api.botframework.com';
/** Seconds by which clocks may differ; the SDK's own figure. */
const tolerance = 300;

/** A token as it stands in `Authorization`, unverified. */
export interface ChannelToken {
  /** The JWS itself (RFC 7515, compact). */
  token: string;
  kid: string;
  claims: Record<string, unknown>;
  /** The service address that it was made for. */
  serviceUrl: string;
  /** Seconds since 1970. */
  expires: number;
}

/** Claims of tokens between bots and of the emulator: a channel's token has none of them. */
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
 * The token of `Authorization`, if it claims to be a channel's token for this bot, now.
 * @param now seconds since 1970
 */
export function plausibleToken(
  authorization: string,
  expected: { appId: string; now: number },
): ChannelToken | undefined {
  const [, token = '', head = '', body = ''] =
    /^Bearer (([\w-]{10,2000})\.([\w-]{10,4000})\.[\w-]{10,2000})$/.exec(authorization) ?? [];
  const header = decode(head);
  const claims = decode(body);
  if (!header || !claims) return undefined;
  const { alg, kid } = header;
  const { iss, aud, exp, nbf = 0, serviceurl: serviceUrl } = claims;
  if (typeof kid !== 'string' || typeof serviceUrl !== 'string' || typeof exp !== 'number') return undefined;
  const holds =
    alg === 'RS256' &&
    iss === channelIssuer &&
    aud === expected.appId &&
    expected.now < exp + tolerance &&
    typeof nbf === 'number' &&
    expected.now >= nbf - tolerance &&
    !foreign.some((name) => Object.hasOwn(claims, name));
  return holds ? { token, kid, claims, serviceUrl, expires: exp + tolerance } : undefined;
}
