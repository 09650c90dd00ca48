import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

export const appId = '0f0e1d2c-3b4a-5968-7786-95a4b3c2d1e0';
export const issuer = 'https://api.botframework.com';

/** What a channel sends for a customer's message. */
export const activityOf = (more: object = {}) => ({
  type: 'message',
  id: `a-${Math.random()}`,
  channelId: 'emulator',
  serviceUrl: 'http://127.0.0.1:9',
  conversation: { id: `c-${Math.random()}` },
  from: { id: 'customer', name: 'Customer' },
  recipient: { id: 'bot', name: 'CPS' },
  text: 'tere',
  locale: 'et-EE',
  ...more,
});

interface Sent {
  method: string | undefined;
  path: string | undefined;
  authorization: string | undefined;
  body: { type?: string; text?: string; replyToId?: string; conversation?: { id: string } };
}

/** A channel's connector on loopback, which answers as it is told: by default with an id. */
export async function startConnector(
  answer: (nth: number) => { status: number; headers?: Record<string, string> } | 'hang' = () => ({ status: 200 }),
) {
  const sent: Sent[] = [];
  const server = createServer(async (request, response) => {
    // Undefined: whoever spoke was killed in mid-sentence.
    const said = await text(request).catch(() => undefined);
    if (said === undefined) return;
    const { method, url: path, headers } = request;
    sent.push({
      method,
      path,
      authorization: headers.authorization,
      body: JSON.parse(said || '{}') as Sent['body'],
    });
    const told = answer(sent.length);
    if (told === 'hang') return;
    response.writeHead(told.status, { 'content-type': 'application/json', ...told.headers });
    response.end(JSON.stringify({ id: `sent-${sent.length}` }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { url, sent, close };
}

/** A sign-in service on loopback with one key, and tokens that it signs. The SDK keeps keys for a day: every call is a new address. */
export async function startSignIn(
  mode: 'answers' | 'hangs' | 'fails' = 'answers',
  endorsements = ['emulator', 'directline'],
) {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const other = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'key-1', use: 'sig', endorsements };
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    if (mode === 'hangs') return;
    if (mode === 'fails') return void response.writeHead(503).end();
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(request.url === '/keys' ? { keys: [jwk] } : { issuer, jwks_uri: `${url}/keys` }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const seconds = () => Math.floor(Date.now() / 1000);
  return {
    url,
    asked: () => asked,
    /** From now on. */
    become(next: typeof mode) {
      mode = next;
    },
    /** All addresses of a cloud, of which the SDK wants either none or every one. */
    cloud: {
      ToChannelFromBotLoginUrl: 'https://login.microsoftonline.com/botframework.com',
      ToChannelFromBotOAuthScope: issuer,
      ToBotFromChannelTokenIssuer: issuer,
      OAuthUrl: issuer,
      ToBotFromChannelOpenIdMetadataUrl: `${url}/${Math.random()}`,
      ToBotFromEmulatorOpenIdMetadataUrl: `${url}/emulator-${Math.random()}`,
      CallerId: 'urn:botframework:azure',
    },
    sign(
      claims: Record<string, unknown> = {},
      { header = {}, key = privateKey }: { header?: object; key?: Parameters<SignJWT['sign']>[0] } = {},
    ) {
      const all = {
        iss: issuer,
        aud: appId,
        serviceurl: 'http://127.0.0.1:9',
        exp: seconds() + 3600,
        nbf: seconds() - 10,
        ...claims,
      };
      return new SignJWT(Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)))
        .setProtectedHeader({ alg: 'RS256', kid: 'key-1', ...header })
        .sign(key);
    },
    otherKey: other.privateKey,
    close() {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
