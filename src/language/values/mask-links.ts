/** A stretch of the text, `end` not included. */
export interface Finding {
  start: number;
  end: number;
}

// Names of parameters whose value opens an account. `fpot`, `c` and `r` are Salesforce's, on which the account's pages run.
const secretName =
  /(?:reset|token|otp|nonce|ticket|activat|verif|confirm|recover|forgot|passw|magic|auth|jwt|sig|secret|invite|^key$|^code$|^hash$|^fpot$|^t$)/i;
const trackingName = /^(?:utm_|gclid|fbclid|msclkid|mc_)/i;
const secretStep = /reset|recover|activat|verif|confirm|forgot|set-?password|new-?password|magic|invit/i;

/** A value nobody types by hand: long, and letters with digits. */
function isTokenLike(value: string, length: number): boolean {
  return value.length >= length && /\d/.test(value) && /[a-z]/i.test(value);
}

function opensAccount(url: string): boolean {
  const [address = '', ...queries] = url.split(/[?#]/);
  for (const pair of queries.flatMap((query) => query.split(/&(?:amp;)?|;/))) {
    const [name = '', value = ''] = pair.split(/=(.*)/s);
    if (trackingName.test(name)) continue;
    if ((secretName.test(name) && value.length >= 6) || isTokenLike(value, 20)) return true;
  }
  const steps = address.split('/').slice(1);
  return steps.some((step, at) => secretStep.test(step) && steps.slice(at + 1).some((next) => isTokenLike(next, 12)));
}

/** Addresses of pages that carry a key for an account: reset, activation and sign-in links. A bare link to a page carries none. */
export function findResetLinks(text: string): Finding[] {
  const found: Finding[] = [];
  for (const { 0: url, index } of text.matchAll(/(?:https?:\/\/|(?<![\p{L}\p{N}])www\.)[^\s<>"«»„“”]+/giu)) {
    const bare = url.replace(/[)\].,;!?'’]{1,9}$/, '');
    if (opensAccount(bare)) found.push({ start: index, end: index + bare.length });
  }
  return found;
}
