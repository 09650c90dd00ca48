import { createChatStore } from './chat-store.js';
import { ChatProblem, directLine, getToken } from './connection.js';
import { createHeader } from './header.js';
import { connectHost } from './host.js';
import { styleOptions } from './look.js';
import { openMemory } from './memory.js';
import { hideNotice, showNotice } from './notice.js';

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

/** @param {unknown} error */
function giveUp(error) {
  const { frame } = texts[language];
  const kind = error instanceof ChatProblem ? error.kind : 'failed';
  showNotice(frame[kind], { label: frame.retry, act: reload });
  if (error instanceof ChatProblem && error.waitMs) setTimeout(reload, error.waitMs);
  host.tell('ready');
}

async function start() {
  const [webChat, { token, conversationId, resume, known, pageLanguageBefore }] = await Promise.all([
    webChatLoaded,
    connect(),
  ]);
  const line = webChat.createDirectLine({
    token,
    domain: directLine,
    conversationStartProperties: { locale: texts[language].locale },
    ...(known ? { conversationId, watermark: '0' } : {}),
  });
  const remember = () => memory.write({ resume, language, pageLanguage });
  let connected = false;

  const store = createChatStore({
    webChat,
    language: () => language,
    onConnected() {
      connected = true;
      remember();
      hideNotice();
      header.enable();
      host.tell('ready');
      // A visitor who meanwhile chose another language on the website wants it in the chat too.
      if (known && pageLanguageBefore !== pageLanguage && language !== pageLanguage) changeTo(pageLanguage);
    },
    onAgent(id) {
      unseen = id;
      tellSeen();
    },
    onAnswer(answered) {
      if (hidden) host.tell('unread', ++unread);
      if (answered && answered !== language && texts[answered]) {
        language = answered;
        changeLanguage();
      }
    },
  });
  tellSeen = () => {
    if (!unseen || hidden || document.visibilityState !== 'visible') return;
    store.dispatch({ type: 'WEB_CHAT/SEND_EVENT', payload: { name: 'support/seen', value: { id: unseen } } });
    unseen = undefined;
  };
  const send = (text) => store.dispatch({ type: 'WEB_CHAT/SEND_MESSAGE', payload: { text, method: 'keyboard' } });
  // Not typed: at a question for free words the language's name would be taken for the answer.
  const changeTo = (wanted) =>
    store.dispatch({ type: 'WEB_CHAT/SEND_EVENT', payload: { name: 'support/language', value: { language: wanted } } });
  const header = createHeader({
    texts,
    onCommand: (name) => send(texts[language].commands[name]),
    onLanguage: changeTo,
  });

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
    if (status < expiredToken) return;
    // A token that ran out while the computer slept is got anew; a conversation that is gone is not asked for again.
    if (status === expiredToken && connected) return reload();
    if (known && !connected && status !== failedToConnect) return startAgain();
    const { frame } = texts[language];
    if (status === failedToConnect) showNotice(frame.failed, { label: frame.retry, act: reload });
    else showNotice(frame.ended, { label: frame.startNew, act: startAgain });
  });
}

/** The last of an agent's messages that came while the chat was out of sight: else it goes by mail after a while. */
let unseen;
let tellSeen = () => {};
document.addEventListener('visibilitychange', () => tellSeen());
let hidden = false;
let unread = 0;
host.on('opened', (byVisitor) => {
  hidden = false;
  unread = 0;
  tellSeen();
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
