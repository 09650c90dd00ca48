/**
 * The website around the frame, when there is one: what is said to it and what it may say.
 * @typedef {{ embedded: boolean, tell(type: string, value?: unknown): void, on(type: string, listener: (value: unknown) => void): void,
 *   keeps: boolean }} Host
 */

/** @param {string | undefined} origin of the website; `null` for a page opened as a file @returns {Host} */
export function connectHost(origin) {
  const embedded = origin !== undefined && window.parent !== window;
  /** @type {Map<string, (value: unknown) => void>} */
  const listeners = new Map();
  // A page opened as a file has no origin to address: it is told nothing that is worth reading.
  const target = origin === 'null' ? '*' : origin;
  if (embedded) {
    addEventListener('message', (event) => {
      if (event.source !== window.parent || event.origin !== origin) return;
      listeners.get(event.data?.supportChat)?.(event.data.value);
    });
  }
  return {
    embedded,
    keeps: embedded && origin !== 'null',
    tell(type, value) {
      if (embedded) window.parent.postMessage({ supportChat: type, value }, target);
    },
    on(type, listener) {
      listeners.set(type, listener);
    },
  };
}
