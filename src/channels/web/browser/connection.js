/** Tokens and conversations over Direct Line 3.0, before Web Chat takes over. */

/** Where tokens come from, relative to the frame: the server may stand below a path of another one. */
export const directLine = new URL('v3/directline', location.href).href;

/** The chat cannot go on; `kind` names the text that says so. */
export class ChatProblem extends Error {
  /** @param {'failed' | 'busy' | 'broken'} kind `failed`: nobody answered, `broken`: the fault is ours @param {number} [waitMs] when to try again */
  constructor(kind, waitMs) {
    super(kind);
    this.kind = kind;
    this.waitMs = waitMs;
  }
}

/** @param {string} path @param {object} body @returns {Promise<any>} undefined when the server refuses what was sent, or does not know it any more */
async function post(path, body) {
  let response;
  try {
    response = await fetch(`${directLine}/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(15000),
    });
  } catch {
    throw new ChatProblem('failed');
  }
  if (response.ok) {
    return response.json().catch(() => {
      throw new ChatProblem('broken');
    });
  }
  if (response.status === 429)
    throw new ChatProblem('busy', 1000 * (Number(response.headers.get('retry-after')) || 10));
  if ([401, 403, 404].includes(response.status)) return undefined;
  throw new ChatProblem('broken');
}

/**
 * @param {string} locale BCP 47
 * @param {string} [resume] of an earlier conversation
 * @returns {Promise<{ conversationId: string, token: string, resume?: string, domain?: string } | undefined>} undefined when the earlier
 * conversation is gone; `domain` is where to go with the token when the channel is not here, and then nothing can be resumed
 */
export async function getToken(locale, resume) {
  const answer = await post('tokens/generate', { user: {}, locale, ...(resume ? { resume } : {}) });
  if (!answer && !resume) throw new ChatProblem('broken');
  return answer;
}
