import { html, jsonBlock } from '../../http/html.ts';
import { browserFiles } from './assets.ts';
import { fileAddress, type PageView, wayToHuman } from './page.ts';
import type { WebTexts } from './texts.ts';

export interface FrameView extends PageView {
  webChatVersion: string;
  nonce: string;
  /** The website that embeds the frame: only with it the frame exchanges messages. Undefined on our own page. */
  host: string | undefined;
}

const icon = (path: string) =>
  html`<svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false"><path d="${path}"/></svg>`;
const icons = {
  back: icon('M14 6l-6 6 6 6'),
  again: icon('M4 12a8 8 0 1 0 2.6-5.9M4 4.5V9h4.5'),
  startOver: icon('M5 5v14M19 6l-9 6 9 6z'),
  human: icon('M12 11.5a3.75 3.75 0 1 0 0-7.5 3.75 3.75 0 0 0 0 7.5zM4.5 20c.6-3.6 3.7-5.5 7.5-5.5s6.9 1.9 7.5 5.5'),
  close: icon('M6 6l12 12M18 6L6 18'),
};

/** Only with a website around the frame is there something to close. */
export const closeButton = (host: string | undefined, { close }: WebTexts['frame']) =>
  host === undefined
    ? undefined
    : html`<button type="button" id="close" class="icon" data-label="close" aria-label="${close}" title="${close}">${icons.close}</button>`;

/** `GET /chat`: Web Chat below a bar with the language and the commands. */
export function chatFrame(view: FrameView): string {
  const { language, languages, version, nonce, host, webChatVersion, contact } = view;
  const own = view.texts[language] as WebTexts;
  const { frame, page } = own;
  const human = wayToHuman(own, contact);
  const command = (name: 'back' | 'again' | 'startOver' | 'human') =>
    html`<button type="button" data-command="${name}" disabled>${icons[name]}<span data-text="${name}">${frame[name]}</span></button>`;
  const options = languages.map(
    (choice) =>
      html`<option value="${choice.language}" lang="${choice.language}"${
        choice.language === language ? html` selected` : undefined
      }>${choice.name}</option>`,
  );
  const preload = browserFiles
    .filter((name) => name.endsWith('.js') && !['frame.js', 'closed.js'].includes(name))
    .map((name) => html`<link rel="modulepreload" href="${fileAddress(version, name)}" nonce="${nonce}">\n`);
  // All languages: the frame changes its words when the bot's answers change the language.
  const texts = Object.fromEntries(
    Object.entries(view.texts).map(([key, { locale, frame, webchat, commands, name }]) => [
      key,
      { locale, frame, webchat, commands, name },
    ]),
  );
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<title>${frame.pageTitle}</title>
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="icon" type="image/svg+xml" href="${fileAddress(version, 'icon.svg')}">
<link rel="stylesheet" href="${fileAddress(version, 'frame.css')}" nonce="${nonce}">
${preload}<script async src="${fileAddress(`webchat-${webChatVersion}`, 'webchat.js')}" id="webchat" nonce="${nonce}"></script>
${jsonBlock('settings', nonce, { language, nonce, host, contact, texts })}
<script type="module" async src="${fileAddress(version, 'frame.js')}" nonce="${nonce}"></script>
</head>
<body>
<header data-label="title" aria-label="${frame.title}">
<div class="bar">
<h1 data-text="title" tabindex="-1">${frame.title}</h1>
<label><span class="unseen" data-text="language">${frame.language}</span><select id="language" disabled>${options}</select></label>
${closeButton(host, frame)}
</div>
<div class="commands" role="group" data-label="commands" aria-label="${frame.commands}">
${(['back', 'again', 'startOver', 'human'] as const).map(command)}
</div>
</header>
<main data-label="pageTitle" aria-label="${frame.pageTitle}">
<div id="trouble" role="status"></div>
<div id="chat"></div>
<div id="notice" role="status"><p data-text="opening">${frame.opening}</p></div>
<noscript><p class="noscript">${page.noScript}${human && html` ${human}`}</p></noscript>
</main>
</body>
</html>
`.markup;
}
