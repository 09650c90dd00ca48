/** What a page may load, embed and be embedded in (CSP level 3). */

export interface WebConfig {
  production: boolean;
  /** Where customers reach the server, when it is not where it listens; may end in a path. */
  publicUrl: string | undefined;
  /** Origins of the websites that may embed the chat, beside that of `publicUrl`. */
  allowedOrigins: readonly string[];
  faqUrl: string | undefined;
  privacyUrl: string | undefined;
  /** Where the chat talks to: this server, Azure, or nobody. */
  directLine: 'embedded' | 'azure' | 'off';
  /** Named where the chat cannot be used: somebody reads it. */
  supportEmail: string | undefined;
}

/** On every answer of the website side. */
export const commonHeaders = {
  // Not `no-referrer`: it would blank the Origin of some same-origin requests, which the Direct Line routes check.
  'referrer-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
};

export const pageHeaders = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
  ].join('; '),
};

const ownOrigin = ({ publicUrl }: WebConfig) => (publicUrl ? [new URL(publicUrl).origin] : []);

/** While developing, a page at any address, or opened as a file, may try the widget. */
const anybodyMayEmbed = ({ production, allowedOrigins }: WebConfig) => !production && allowedOrigins.length === 0;

/** Whether the frame may talk to the website that embeds it. @param origin as the website states it; `null` for a page opened as a file */
export function mayEmbed(origin: string | undefined, config: WebConfig): origin is string {
  if (!origin || !/^(null|https?:\/\/[^/\s]+)$/.test(origin)) return false;
  return anybodyMayEmbed(config) || [...ownOrigin(config), ...config.allowedOrigins].includes(origin);
}

/** Of an empty style sheet: Web Chat makes one without the nonce, and an empty one can do no harm. */
const emptySheet = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

/**
 * @param nonce 128 random bits for this one answer; Web Chat writes its style sheets with it
 * @param azure where Direct Line is when it is in Azure: the page takes its messages there and nowhere else
 */
export function chatHeaders(config: WebConfig, nonce: string, azure: string) {
  const socketOf = (origin: string) => origin.replace(/^http/, 'ws');
  const azureOrigin = new URL(azure).origin;
  // Our own socket is named for browsers whose 'self' covers neither ws: nor wss: (Safari before 15.4).
  const connect = {
    embedded: ownOrigin(config).map(socketOf),
    azure: [azureOrigin, socketOf(azureOrigin)],
    off: [],
  }[config.directLine];
  const ancestors = ["'self'", ...ownOrigin(config), ...config.allowedOrigins];
  const policy = [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}' ${emptySheet}`,
    "img-src 'self' data: blob:",
    ["connect-src 'self' blob:", ...connect].join(' '),
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
    ...(anybodyMayEmbed(config) ? [] : [`frame-ancestors ${ancestors.join(' ')}`]),
  ];
  return { 'content-security-policy': policy.join('; ') };
}
