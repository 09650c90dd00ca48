/** What no variable can know by itself: what must be set together, and what production takes. */
import { isLoopbackHost, isPublicWebsite, readOrigins } from './values.ts';
import { isRandom } from './variables.ts';

/** Azure makes 40; far fewer were typed by somebody. */
const leastAppPassword = 16;

/** @returns the sentence of each rule that is broken. @param set without what is empty */
export function crossChecks(set: Readonly<Record<string, string | undefined>>, production: boolean): string[] {
  const appType = set.MicrosoftAppType?.toLowerCase() ?? (set.MicrosoftAppTenantId ? 'singletenant' : 'multitenant');
  const rules: [broken: boolean, problem: string][] = [
    [
      set.STORE?.toLowerCase() === 'postgres' && !set.DATABASE_URL,
      'DATABASE_URL must be set when STORE is postgres, such as postgres://user:password@host/name',
    ],
    [
      set.DIRECT_LINE?.toLowerCase() === 'azure' && !set.DIRECT_LINE_SECRET,
      'DIRECT_LINE_SECRET must be set when DIRECT_LINE is azure: a secret of the Direct Line channel in the Azure portal',
    ],
    [
      Boolean(set.MicrosoftAppId) && appType !== 'userassignedmsi' && !set.MicrosoftAppPassword,
      'MicrosoftAppPassword must be set together with MicrosoftAppId',
    ],
    [
      Boolean(set.MicrosoftAppPassword) && !set.MicrosoftAppId,
      'MicrosoftAppId must be set together with MicrosoftAppPassword',
    ],
    [
      appType !== 'multitenant' && !set.MicrosoftAppTenantId,
      `MicrosoftAppTenantId must be set when MicrosoftAppType is ${set.MicrosoftAppType}`,
    ],
    [
      production && !set.MicrosoftAppId,
      'MicrosoftAppId must be set in production: without it anybody could speak as a customer or an agent at /api/messages',
    ],
    [
      production && Boolean(set.MicrosoftAppPassword) && !isRandom(set.MicrosoftAppPassword ?? '', leastAppPassword),
      `MicrosoftAppPassword must be a client secret from Azure (the app registration, Certificates & secrets) in production: at least ${leastAppPassword} random characters`,
    ],
    [production && !set.TOKEN_SECRET, 'TOKEN_SECRET must be set in production; make one with: openssl rand -base64 48'],
    [
      production && !set.PUBLIC_URL,
      'PUBLIC_URL must be set in production: the address customers use, such as https://support.example.com',
    ],
    [
      production && /^http:/i.test(set.PUBLIC_URL ?? '') && !isLoopbackHost(hostOf(set.PUBLIC_URL)),
      'PUBLIC_URL must start with https:// in production',
    ],
    [
      production && readOrigins(set.ALLOWED_ORIGINS ?? '')?.every(isPublicWebsite) === false,
      'ALLOWED_ORIGINS must be public websites with https:// in production, such as https://www.example.com: remove those of http:// and of localhost',
    ],
    [
      production && Boolean(set.SMTP_URL) && !set.MAIL_FROM,
      'MAIL_FROM must be set together with SMTP_URL in production',
    ],
    [
      production && !set.SUPPORT_TEAM_ID && !set.SUPPORT_EMAIL,
      'SUPPORT_TEAM_ID or SUPPORT_EMAIL must be set in production: else nobody would see what customers ask',
    ],
    [
      production && Boolean(set.SUPPORT_EMAIL) && !set.SMTP_URL,
      'SMTP_URL must be set together with SUPPORT_EMAIL in production',
    ],
  ];
  return rules.flatMap(([broken, problem]) => (broken ? [problem] : []));
}

const hostOf = (url = '') => (URL.canParse(url) ? new URL(url).hostname : '');
