/**
 * The button that opens the support chat on any website:
 * <script src="https://…/widget.js" data-lang="et" defer></script>
 * Loads nothing until it is pressed. Everything stands in a shadow root, so neither page nor widget styles the other.
 */
(() => {
  // A module has no currentScript.
  const script = document.currentScript ?? document.querySelector('script[src*="/widget.js"]');
  if (!script?.src || document.getElementById('support-chat')) return;

  /** Texts by language, and widget.css; the server writes them here. */
  const texts = __TEXTS__;
  /** The support team's address, or null. */
  const contact = __CONTACT__;
  const styles = __STYLES__;
  const frameAddress = new URL('chat', script.src);
  const rememberedAs = 'support-chat';

  const wanted = [script.dataset.lang, document.documentElement.lang, ...navigator.languages];
  const languages = wanted.map((tag) => (tag ?? '').toLowerCase().split(/[-_]/, 1)[0]);
  const language = languages.find((tag) => Object.hasOwn(texts, tag)) ?? Object.keys(texts)[0];
  const say = texts[language];

  const element = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };
  const icon = (path) => {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('viewBox', '0 0 24 24');
    svg.setAttribute('aria-hidden', 'true');
    const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    line.setAttribute('d', path);
    svg.append(line);
    return svg;
  };

  const bubble = 'M20 11.5c0 4-3.6 7-8 7-1 0-2-.2-2.9-.5L4.5 19.5l1.4-3.6A6.6 6.6 0 0 1 4 11.5c0-4 3.6-7 8-7s8 3 8 7z';
  const cross = 'M6 6l12 12M18 6L6 18';

  const home = element('div', { id: 'support-chat', lang: language });
  const root = home.attachShadow({ mode: 'open' });
  const badge = element('span', { class: 'badge', hidden: '' });
  const word = element('span', {}, say.open);
  const button = element(
    'button',
    { type: 'button', class: 'button', 'aria-expanded': 'false', 'aria-controls': 'panel' },
    icon(bubble),
    word,
    badge,
  );
  const news = element('p', { class: 'unseen', role: 'status' });
  const closeButton = element(
    'button',
    { type: 'button', class: 'close', 'aria-label': say.close, title: say.close },
    icon(cross),
  );
  const status = element('p', { role: 'status' });
  const [before = '', after = ''] = say.contact.split('{{address}}');
  const human = element('p', { hidden: '' }, before, element('a', { href: `mailto:${contact}` }, contact ?? ''), after);
  const retry = element('button', { type: 'button', class: 'retry', hidden: '' }, say.retry);
  const waiting = element('div', { class: 'waiting' }, closeButton, status, human, retry);
  const panel = element(
    'div',
    { id: 'panel', class: 'panel', role: 'dialog', 'aria-label': say.title, hidden: '' },
    waiting,
  );
  root.append(button, panel, news);

  if ('adoptedStyleSheets' in root) {
    // A constructed sheet also works where the website's own policy forbids inline styles.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    root.adoptedStyleSheets = [sheet];
  } else {
    root.append(element('style', {}, styles));
  }

  /** The page's own memory: which chat it was, where the frame may not store anything itself; whether it was open. */
  const kept = new Map();
  const memory = {
    read(key) {
      try {
        return sessionStorage.getItem(`${rememberedAs}.${key}`);
      } catch {
        return kept.get(key) ?? null;
      }
    },
    write(key, value) {
      kept.set(key, value);
      try {
        if (value === null) sessionStorage.removeItem(`${rememberedAs}.${key}`);
        else sessionStorage.setItem(`${rememberedAs}.${key}`, value);
      } catch {
        // Blocked or full: it is remembered until this page is left.
      }
    },
  };

  /** @type {HTMLIFrameElement | undefined} */
  let frame;
  let ready = false;
  let timer;
  const covering = () => matchMedia('(max-width: 480px), (max-height: 480px)').matches;
  const tell = (type, value) => {
    // The frame's origin is known, so nobody else can read it, wherever the frame may have gone.
    if (ready) frame?.contentWindow?.postMessage({ supportChat: type, value }, frameAddress.origin);
  };

  function load() {
    ready = false;
    frame?.remove();
    frame = element('iframe', { title: say.title, allow: 'clipboard-write' });
    const address = new URL(frameAddress);
    address.searchParams.set('lang', language);
    address.searchParams.set('host', location.origin);
    frame.src = address.href;
    frame.style.visibility = 'hidden';
    status.textContent = say.opening;
    retry.hidden = true;
    human.hidden = true;
    clearTimeout(timer);
    timer = setTimeout(() => {
      status.textContent = say.failed;
      retry.hidden = false;
      human.hidden = !contact;
    }, 15000);
    panel.append(frame);
  }

  /** What the chat covers must not be reached by the Tab key. */
  let covered = [];
  function cover(on) {
    for (const part of covered) part.inert = false;
    covered = on ? [...document.body.children].filter((part) => part !== home && !part.inert) : [];
    for (const part of covered) part.inert = true;
  }

  function open(byVisitor) {
    panel.hidden = false;
    cover(covering());
    button.setAttribute('aria-expanded', 'true');
    word.textContent = say.close;
    button.firstChild.replaceWith(icon(cross));
    showUnread(0);
    memory.write('open', '1');
    if (!frame) load();
    tell('opened', byVisitor);
    if (byVisitor) (ready ? frame : closeButton).focus();
  }

  function close() {
    if (panel.hidden) return;
    const hadFocus = root.activeElement !== null;
    panel.hidden = true;
    cover(false);
    button.setAttribute('aria-expanded', 'false');
    word.textContent = say.open;
    button.firstChild.replaceWith(icon(bubble));
    memory.write('open', null);
    tell('closed');
    if (hadFocus) button.focus();
    if (!ready) {
      clearTimeout(timer);
      frame?.remove();
      frame = undefined;
    }
  }

  function showUnread(number) {
    badge.hidden = number === 0;
    badge.textContent = String(number);
    const line = number === 0 ? '' : say.unread.replace('{{number}}', String(number));
    badge.title = line;
    news.textContent = line;
  }

  const answers = {
    ready() {
      ready = true;
      clearTimeout(timer);
      frame.style.visibility = '';
      const focusIsOurs = root.activeElement !== null;
      waiting.hidden = true;
      tell(panel.hidden ? 'closed' : 'opened', focusIsOurs);
      if (focusIsOurs && !panel.hidden) frame.focus();
    },
    close,
    unread: (value) => showUnread(Math.min(99, Number(value) || 0)),
    remember: (value) => memory.write('chat', String(value).slice(0, 8192)),
    recall: () =>
      frame.contentWindow.postMessage({ supportChat: 'recalled', value: memory.read('chat') }, frameAddress.origin),
  };
  addEventListener('message', ({ source, origin, data }) => {
    if (!frame || source !== frame.contentWindow || origin !== frameAddress.origin) return;
    if (Object.hasOwn(answers, data?.supportChat)) answers[data.supportChat](data.value);
  });

  button.addEventListener('click', () => (panel.hidden ? open(true) : close()));
  closeButton.addEventListener('click', close);
  retry.addEventListener('click', () => {
    load();
    closeButton.focus();
  });
  root.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented) close();
  });

  const view = globalThis.visualViewport;
  /** Where the chat covers the screen, it stays above the keyboard of a phone. */
  function fit() {
    const limited = covering() && view && view.scale === 1;
    panel.style.height = limited ? `${view.height}px` : '';
    panel.style.top = limited ? `${view.offsetTop}px` : '';
    panel.style.bottom = limited ? 'auto' : '';
  }
  view?.addEventListener('resize', fit);
  view?.addEventListener('scroll', fit);

  function show() {
    document.body.append(home);
    fit();
    // A visitor who goes on to another page of the website keeps the open chat, but never one that would cover the page.
    if (memory.read('open') && !covering()) open(false);
  }
  if (document.body) show();
  else addEventListener('DOMContentLoaded', show);
})();
