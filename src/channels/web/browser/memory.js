/**
 * Which conversation this is, so that a visitor who comes back, or goes to another page, finds it again.
 * @typedef {{ resume: string, language: string, pageLanguage: string }} Remembered
 * `resume` opens the conversation again, `language` is the one it has gone on in, `pageLanguage` the website's
 * @typedef {{ read(): Promise<Remembered | undefined>, write(value: Remembered): void }} Memory
 */

const name = 'support-chat';

/** @returns {Remembered | undefined} */
function parse(text) {
  try {
    const value = JSON.parse(text);
    const sound = ['resume', 'language', 'pageLanguage'].every((key) => typeof value[key] === 'string');
    return sound ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The frame's own storage; undefined where the browser blocks it in frames of another origin. */
function ownStorage() {
  try {
    localStorage.setItem(`${name}.probe`, '1');
    localStorage.removeItem(`${name}.probe`);
    return localStorage;
  } catch {
    return undefined;
  }
}

/**
 * Only one window may use a conversation: two would close each other's connection. A window that was just left may
 * still hold it for a moment. Resolves with false when another window goes on using it.
 */
function claim() {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    const waiting = new AbortController();
    setTimeout(() => waiting.abort(), 1000);
    navigator.locks
      .request(name, { signal: waiting.signal }, () => {
        resolve(true);
        return new Promise(() => {}); // held until the window is left
      })
      .catch((error) => resolve(error.name !== 'AbortError'));
  });
}

/** @param {import('./host.js').Host} host @returns {Memory} */
export function openMemory(host) {
  const storage = ownStorage();
  if (storage) {
    const mine = claim();
    return {
      read: async () => ((await mine) ? parse(storage.getItem(name)) : undefined),
      async write(value) {
        if (await mine) storage.setItem(name, JSON.stringify(value));
      },
    };
  }
  if (!host.keeps) return { read: async () => undefined, write() {} };
  return {
    read: () =>
      new Promise((resolve) => {
        host.on('recalled', (value) => resolve(parse(value)));
        host.tell('recall');
        setTimeout(resolve, 1000); // a website with another widget around the frame does not answer
      }),
    write: (value) => host.tell('remember', JSON.stringify(value)),
  };
}
