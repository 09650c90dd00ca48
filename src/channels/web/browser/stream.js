/**
 * How messages come: over a WebSocket, or, where something on the way lets none through (proxies of companies do), fetched again and
 * again. The Direct Line client has a polling of its own, but that one ends for good, unseen, with the first fetch that fails.
 */

/** Milliseconds for a handshake: four round trips of a slow phone. */
const handshake = 4000;
/** Milliseconds between two fetches, while they bring something and after a quiet while: then 12 a minute, of 600 for an address. */
const soonest = 1000;
const latest = 5000;
const isOpen = 1;
const isClosed = 3;
/** Of a socket that was refused or cut; a server that closes one says why (RFC 6455, 7.4.1). */
const cut = 1006;
/** Statuses that do not pass by themselves: the token has expired, the conversation is gone. */
const final = [401, 403, 404];

const name = 'support-chat.fetches';

/** That sockets do not get through is known for as long as the tab is open. */
function recall() {
  try {
    return sessionStorage.getItem(name) !== null;
  } catch {
    return false; // storage is blocked: each page finds it out for itself
  }
}

function remember() {
  try {
    sessionStorage.setItem(name, '1');
  } catch {
    // as above
  }
}

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Gives the client something that looks to it like a WebSocket. What is fetched is asked for from the client's own watermark, so
 * nothing is lost or doubled. What fails for good is told to it as a socket that closed: it connects anew, and finds out why.
 * @param {any} line botframework-directlinejs' DirectLine, before it connects
 * @returns {() => void} something is about to come
 */
export function carryMessages(line) {
  let isBlocked = recall();
  let hurry = () => {};

  /** @param {() => void} instead called when the socket does not get through, or is cut before anything has come */
  function listen(stream, url, instead) {
    const socket = new WebSocket(url);
    let came = false;
    const leave = () => {
      clearTimeout(late);
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
    };
    const giveUp = () => {
      leave();
      instead();
    };
    const late = setTimeout(giveUp, handshake);
    socket.onopen = (event) => {
      clearTimeout(late);
      stream.onopen(event);
    };
    socket.onmessage = (event) => {
      came = true;
      stream.onmessage(event);
    };
    socket.onclose = (event) => {
      if (event.code === cut && !came) return giveUp();
      clearTimeout(late);
      stream.readyState = isClosed;
      stream.onclose(event);
    };
    stream.send = (text) => socket.send(text);
    stream.close = () => {
      leave();
      stream.readyState = isClosed;
    };
  }

  async function fetchSet() {
    const response = await fetch(
      `${line.domain}/conversations/${line.conversationId}/activities?watermark=${line.watermark}`,
      { headers: { authorization: `Bearer ${line.token}` }, signal: AbortSignal.timeout(20000) },
    ).catch(() => undefined);
    if (response?.ok) return response.json();
    // A server that is away or busy for a while is asked again; before anything was fetched it may be that nothing works.
    if (isBlocked && !final.includes(response?.status)) return { activities: [] };
    throw new Error(`messages cannot be fetched: ${response?.status}`);
  }

  async function fetchAgainAndAgain(stream) {
    let pause = soonest;
    stream.close = () => {
      stream.readyState = isClosed;
    };
    while (stream.readyState === isOpen) {
      const hurried = new Promise((resolve) => {
        hurry = () => {
          pause = soonest;
          resolve();
        };
      });
      const set = await fetchSet();
      if (stream.readyState !== isOpen) return;
      // Only now: with a server that is away sockets fail as well.
      isBlocked = true;
      remember();
      const isQuiet = set.activities.length === 0;
      if (!isQuiet) stream.onmessage({ data: JSON.stringify(set) });
      pause = isQuiet ? Math.min(1.5 * pause, latest) : soonest;
      await Promise.race([hurried, sleep(pause)]);
    }
  }

  /** A constructor, as the client calls it. */
  function Stream(url) {
    const stream = { readyState: isOpen, send() {} };
    const fetches = () =>
      fetchAgainAndAgain(stream).catch((error) => {
        if (stream.readyState !== isOpen) return;
        stream.readyState = isClosed;
        stream.onclose(error);
      });
    if (isBlocked) fetches();
    else listen(stream, url, fetches);
    return stream;
  }
  line.services.WebSocket = Stream;
  return () => hurry();
}
