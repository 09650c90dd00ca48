import { createHmac, createSecretKey } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { Refusal } from '../../http/refusal.ts';

/** What a token lets its bearer do: use one conversation, open its stream, or get a new token for it after a long pause. */
export type Purpose = 'conversation' | 'stream' | 'resume';

export interface Grant {
  conversation: string;
  user: string;
  /** The website that the token was made for, when a browser asked for it. */
  origin?: string | undefined;
}

export interface Tokens {
  make(purpose: Purpose, grant: Grant): Promise<string>;
  /** @throws Refusal 403, `TokenExpired` or `TokenRefused` */
  read(purpose: Purpose, token: string): Promise<Grant>;
}

const minute = 60;
export const tokenLife = 30 * minute;
const issuer = 'cps-support-bot';

/** JWT (RFC 7519), HS256. Web Chat reads the claim `user` to know whose messages stand on the right. */
export function createTokens({
  secret,
  now,
  resumeLife,
}: {
  secret: string;
  now: () => number;
  resumeLife: number;
}): Tokens {
  // A key of its own: what is signed here is not valid anywhere else where the same secret signs.
  const key = createSecretKey(createHmac('sha256', secret).update('direct line tokens').digest());
  const life: Record<Purpose, number> = { conversation: tokenLife, stream: minute, resume: resumeLife };
  const seconds = () => Math.floor(now() / 1000);

  return {
    make: (purpose, { conversation, user, origin }) =>
      new SignJWT({ conv: conversation, user, ...(origin === undefined ? {} : { origin }) })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer(issuer)
        .setAudience(purpose)
        .setIssuedAt(seconds())
        .setExpirationTime(seconds() + life[purpose])
        .sign(key),

    async read(purpose, token) {
      const { payload } = await jwtVerify(token, key, {
        algorithms: ['HS256'],
        issuer,
        audience: purpose,
        currentDate: new Date(now()),
        requiredClaims: ['exp', 'conv', 'user'],
      }).catch((error: unknown) => {
        if (error instanceof errors.JWTExpired)
          throw new Refusal(403, 'TokenExpired', 'The token has expired: get a new one.');
        if (error instanceof errors.JOSEError) throw new Refusal(403, 'TokenRefused', 'The token is not valid here.');
        throw error;
      });
      const { conv, user, origin } = payload;
      return {
        conversation: String(conv),
        user: String(user),
        origin: typeof origin === 'string' ? origin : undefined,
      };
    },
  };
}
