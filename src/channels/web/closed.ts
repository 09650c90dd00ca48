import { html, jsonBlock } from '../../http/html.ts';
import { closeButton, type FrameView } from './frame.ts';
import { fileAddress, wayToHuman } from './page.ts';
import type { WebTexts } from './texts.ts';

/** `GET /chat` when there is no chat: says so, and how to reach a human. */
export function closedFrame({ language, texts, version, nonce, host, contact }: FrameView): string {
  const own = texts[language] as WebTexts;
  const { frame } = own;
  const human = wayToHuman(own, contact);
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<title>${frame.title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="icon" type="image/svg+xml" href="${fileAddress(version, 'icon.svg')}">
<link rel="stylesheet" href="${fileAddress(version, 'frame.css')}" nonce="${nonce}">
${jsonBlock('settings', nonce, { host })}
<script type="module" async src="${fileAddress(version, 'closed.js')}" nonce="${nonce}"></script>
</head>
<body>
<header aria-label="${frame.title}">
<div class="bar">
<h1 tabindex="-1">${frame.title}</h1>
${closeButton(host, frame)}
</div>
</header>
<main aria-label="${frame.title}">
<div id="notice"><p>${frame.closed}</p>${human && html`<p>${human}</p>`}</div>
</main>
</body>
</html>
`.markup;
}
