import { createChatStore } from './chat-store.js';
import { ChatProblem, getToken } from './connection.js';
import { createHeader } from './header.js';
import { connectHost } from './host.js';
import { createLine } from './line.js';
import { styleOptions } from './look.js';
import { openMemory } from './memory.js';
import { hideNotice, showNotice, showTrouble } from './notice.js';
import { fileAddress, plainLines, saveFile, withFile } from './own-data.js';
import { createSeen, seenEvent } from './seen.js';

const settings = JSON.parse(document.getElementById('settings').textContent);
const { texts, nonce } = settings;
/** What the page around the chat is written in; the conversation may have gone on in another language. */
const pageLanguage = settings.language;
let language = pageLanguage;

const host = connectHost(settings.host);
const memory = openMemory(host);
const isDark = matchMedia('(prefers-color-scheme: dark)');
// Direct Line's ConnectionStatus; 5 is Ended.
const expiredToken = 3;
const failedToConnect = 4;
/** Milliseconds within which something comes back for what was sent: the bot answers at once, a busy server within seconds. */
const patience = 10000;
const sendBox = () => document.querySelector('[data-id="webchat-sendbox-input"]');

const webChatLoaded = new Promise((resolve, reject) => {
  if (window.WebChat) return resolve(window.WebChat);
  const script = document.getElementById('webchat');
  script.addEventListener('load', () => resolve(window.WebChat));
  script.addEventListener('error', () => reject(new ChatProblem('failed')));
});

/** Goes on with the remembered conversation, or begins one. */
async function connect() {
  const remembered = await memory.read();
  const again = remembered?.resume && (await getToken(texts[pageLanguage].locale, remembered.resume));
  const chosen = texts[remembered?.language] && (again || remembered.pageLanguage === pageLanguage);
  if (chosen) language = remembered.language;
  if (again) return { ...again, known: true, pageLanguageBefore: remembered.pageLanguage };
  return { ...(await getToken(texts[language].locale)), known: false };
}

const reload = () => location.reload();
function startAgain() {
  memory.write({ resume: '', language, pageLanguage });
  reload();
}

/** In the language of the talk, with a way on, and to a human where one can be written to. @param {string} kind */
function notice(kind, wayOn = { label: texts[language].frame.retry, act: reload }) {
  const { frame } = texts[language];
  const contact = settings.contact && { sentence: frame.contact, address: settings.contact };
  return { sentence: frame[kind], wayOn, contact };
}

/** @param {unknown} error */
function giveUp(error) {
  showNotice(notice(error instanceof ChatProblem ? error.kind : 'broken'));
  if (error instanceof ChatProblem && error.waitMs) setTimeout(reload, error.waitMs);
  host.tell('ready');
}

async function start() {
  const [webChat, access] = await Promise.all([webChatLoaded, connect()]);
  const { resume = '', known, pageLanguageBefore } = access;
  const line = createLine({
    webChat,
    access,
    locale: texts[language].locale,
    onPosted({ name, value }, isSettled) {
      if (name === seenEvent) seen.told(value.id, isSettled);
    },
  });
  /** The customer has had the conversation erased: it is not to be found again. */
  let erased = false;
  const remember = () => memory.write({ resume: erased ? '' : resume, language, pageLanguage });
  let connected = false;
  /** Web Chat takes a line that is cut, or a server that is away, for sound: it is noticed by what does not come back. */
  let waiting;
  const awaitAnswer = () => {
    waiting ??= setTimeout(() => showTrouble(notice('troubled')), patience);
  };

  const store = createChatStore({
    webChat,
    language: () => language,
    onConnected() {
      connected = true;
      remember();
      if (!erased) hideNotice();
      header.enable();
      host.tell('ready');
      awaitAnswer();
      // A visitor who meanwhile chose another language on the website wants it in the chat too.
      if (known && pageLanguageBefore !== pageLanguage && language !== pageLanguage) changeTo(pageLanguage);
    },
    onSent: awaitAnswer,
    onArrived() {
      clearTimeout(waiting);
      waiting = undefined;
      showTrouble(undefined);
    },
    onErased(text) {
      erased = true;
      remember();
      showNotice({ sentence: plainLines(text), wayOn: { label: texts[language].frame.startNew, act: startAgain } });
    },
    prepare: (activity) => withFile(activity, texts[language].frame.saveFile),
    onAgent: (id) => seen.came(id),
    onAnswer(answered) {
      if (hidden) host.tell('unread', ++unread);
      if (answered && answered !== language && texts[answered]) {
        language = answered;
        changeLanguage();
      }
    },
  });
  const seen = createSeen({
    isInSight: () => !hidden && document.visibilityState === 'visible',
    tell: (id) => store.dispatch({ type: 'WEB_CHAT/SEND_EVENT', payload: { name: seenEvent, value: { id } } }),
  });
  inSight = seen.look;
  const send = (text) => store.dispatch({ type: 'WEB_CHAT/SEND_MESSAGE', payload: { text, method: 'keyboard' } });
  // Not typed: at a question for free words the language's name would be taken for the answer.
  const changeTo = (wanted) =>
    store.dispatch({ type: 'WEB_CHAT/SEND_EVENT', payload: { name: 'support/language', value: { language: wanted } } });
  const header = createHeader({
    texts,
    onCommand: (name) => send(texts[language].commands[name]),
    onLanguage: changeTo,
  });

  async function save() {
    const { locale, frame } = texts[language];
    if (!(await saveFile(locale, resume))) showTrouble({ sentence: frame.notSaved });
  }

  const render = () => {
    const { locale, webchat } = texts[language];
    webChat.renderWebChat(
      {
        directLine: line,
        store,
        nonce,
        locale,
        overrideLocalizedStrings: webchat,
        styleOptions: styleOptions(isDark.matches),
        sendTypingIndicator: false,
        cardActionMiddleware: () => (next) => (pressed) => {
          if (pressed.cardAction.value !== fileAddress) return next(pressed);
          void save();
        },
      },
      document.getElementById('chat'),
    );
  };
  let changing;
  function changeLanguage() {
    // Once for a whole history that comes in at a time.
    clearTimeout(changing);
    changing = setTimeout(() => {
      header.show(language);
      render();
      remember();
    }, 50);
  }
  header.show(language);
  render();
  isDark.addEventListener('change', render);

  line.connectionStatus$.subscribe((status) => {
    if (status < expiredToken || erased) return;
    // A token that ran out while the computer slept is got anew; a conversation that is gone is not asked for again.
    if (status === expiredToken && connected) return reload();
    if (known && !connected && status !== failedToConnect) return startAgain();
    if (status === failedToConnect) showNotice(notice('failed'));
    else showNotice(notice('ended', { label: texts[language].frame.startNew, act: startAgain }));
  });
}

let inSight = () => {};
document.addEventListener('visibilitychange', () => inSight());
let hidden = false;
let unread = 0;
host.on('opened', (byVisitor) => {
  hidden = false;
  unread = 0;
  inSight();
  if (!byVisitor) return;
  // On a touch screen the keyboard would cover the greeting.
  const target = matchMedia('(pointer: coarse)').matches ? document.querySelector('h1') : sendBox();
  (target ?? document.querySelector('h1')).focus();
});
host.on('closed', () => {
  hidden = true;
});
document.getElementById('close')?.addEventListener('click', () => host.tell('close'));
document.addEventListener('keydown', (event) => {
  // In the history, Escape first leads back from a message to the input, as Web Chat has it.
  const inHistory = event.target instanceof Element && event.target.closest('.webchat__basic-transcript');
  if (event.key === 'Escape' && !event.defaultPrevented && !inHistory) host.tell('close');
});

start().catch(giveUp);
