/** Which of an agent's messages the customer has had in sight: what was not goes to them by mail after a while. */

export const seenEvent = 'support/seen';

/** Milliseconds before it is told again that was not heard: at first, and with a server that is away for long. */
const soonest = 2000;
const latest = 30000;

/**
 * @param {{ isInSight(): boolean, tell(id: string): void }} options `tell` names the last message, which stands for all before it
 * @returns {{ came(id: string): void, look(): void, told(id: string, isSettled: boolean): void }} `look`: it may have come into
 * sight; `told`: what became of it
 */
export function createSeen({ isInSight, tell }) {
  /** @type {string | undefined} */
  let unseen;
  let isTelling = false;
  let pause = soonest;

  function look() {
    if (unseen === undefined || isTelling || !isInSight()) return;
    isTelling = true;
    tell(unseen);
  }
  function lookAgain() {
    isTelling = false;
    look();
  }
  return {
    look,
    came(id) {
      unseen = id;
      look();
    },
    told(id, isSettled) {
      if (!isSettled) {
        setTimeout(lookAgain, pause);
        pause = Math.min(2 * pause, latest);
        return;
      }
      pause = soonest;
      if (id === unseen) unseen = undefined;
      lookAgain();
    },
  };
}
