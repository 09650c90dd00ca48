/** A stretch of the text, `end` not included. */
export interface Finding {
  start: number;
  end: number;
}

// Names of parameters whose value opens an account; `fpot` is Salesforce's, on which the account's pages run.
const secretName =
  /(?:reset|token|otp|nonce|ticket|activat|verif|confirm|recover|forgot|passw|magic|auth|jwt|sig|secret|invite|^key$|^code$|^hash$|^fpot$|^t$)/i;
// On a page that resets or activates, also a single letter (Salesforce's `c`) or an id.
const secretNameThere = /^(?:[a-z]|u?id|uuid|guid|key|user|data|value)$/i;
const trackingName = /^(?:utm_|gclid|fbclid|msclkid|mc_)/i;
const secretStep = /reset|recover|activat|verif|confirm|forgot|set[-_]?password|new[-_]?password|magic|invit/i;

/** A value nobody types by hand: long, and letters with digits. */
function isTokenLike(value: string, length: number): boolean {
  return value.length >= length && /\d/.test(value) && /[a-z]/i.test(value);
}

/** A step of a path behind "reset" that is no page: letters with digits, digits alone, or letters in no order. */
function isTokenStep(step: string): boolean {
  if (isTokenLike(step, 8) || /^\d[\d-]{5,}$/.test(step)) return true;
  return /^[a-z]{16,}$/i.test(step) || (/^[a-z]{8,}$/i.test(step) && /[a-z][A-Z]{2}|[A-Z]{2}[a-z]/.test(step));
}

function opensAccount(url: string): boolean {
  // The pages of one-page applications stand behind `#/`.
  const [address = '', ...queries] = url.replace('#/', '/').split(/[?#]/);
  const steps = address.split('/').slice(1);
  const first = steps.findIndex((step) => secretStep.test(step));
  const there = first >= 0;
  for (const pair of queries.flatMap((query) => query.split(/&(?:amp;)?|;/))) {
    const [name = '', value = ''] = pair.split(/=(.*)/s);
    if (trackingName.test(name)) continue;
    if ((secretName.test(name) && value.length >= 6) || isTokenLike(value, 20)) return true;
    if (there && secretNameThere.test(name) && /^[\w.~%+-]{6,}$/.test(value)) return true;
  }
  return there && steps.slice(first + 1).some(isTokenStep);
}

// With a scheme, whatever it is ("hxxps://"), or a host with a path behind it. An e-mail address is none.
const link =
  /(?:[a-z]{3,6}:\/\/|(?<![\p{L}\p{N}@._-])(?:[\p{L}\p{N}_-]{1,63}\.){1,6}\p{L}{2,24}(?::\d{1,5})?(?=[/?#]))[^\s<>"«»„“”]+/giu;

/** Addresses of pages that carry a key for an account: reset, activation and sign-in links. A bare link to a page carries none. */
export function findResetLinks(text: string): Finding[] {
  // Every link has one of them.
  if (!/[/?#]/.test(text)) return [];
  const found: Finding[] = [];
  for (const { 0: url, index } of text.matchAll(link)) {
    const bare = url.replace(/[)\].,;!?'’]{1,9}$/, '');
    if (opensAccount(bare)) found.push({ start: index, end: index + bare.length });
  }
  return found;
}
