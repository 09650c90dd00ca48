import { html, type Markup } from '../../http/html.ts';
import type { WebConfig } from './headers.ts';
import type { WebTexts } from './texts.ts';

/** Where the pages find their files; relative, so that the server can stand below a path of another one. */
export const fileAddress = (version: string, name: string) => `assets/${version}/${name}`;

export interface PageView {
  language: string;
  /** Every language on offer, in the order in which it is offered. */
  languages: readonly { language: string; name: string }[];
  texts: Readonly<Record<string, WebTexts>>;
  config: WebConfig;
  /** The support team's address, where one is configured. */
  contact: string | undefined;
  /** The version part of the files' addresses. */
  version: string;
}

/** A link to an address from the configuration; anything but http(s) is left out. */
function outside(url: string | undefined, label: string): Markup[] {
  return url && /^https?:\/\//i.test(url) ? [html`<li><a href="${url}" rel="noopener">${label}</a></li>`] : [];
}

/** The text with words such as `CPS-i` kept whole: a browser would break them after the hyphen. */
function unbroken(text: string): Markup[] {
  return text
    .split(/(\S*-\S{1,3}(?=\s|$))/)
    .map((part, at) => (at % 2 === 1 ? html`<span class="whole">${part}</span>` : html`${part}`));
}

/** How to reach a human by mail. Not in the frame itself, whose policy may forbid such a link: in the window. */
export function wayToHuman(texts: WebTexts, contact: string | undefined): Markup | undefined {
  const [before, after] = texts.frame.contact.split('{{address}}');
  return contact === undefined
    ? undefined
    : html`${before}<a href="mailto:${contact}" target="_top">${contact}</a>${after}`;
}

const icons = {
  steps: 'M4 6.5l1.5 1.5L8 5M4 12.5l1.5 1.5L8 11M4 18.5l1.5 1.5L8 17M12 7h8M12 13h8M12 19h8',
  causes: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.3 15.3L20 20M10.5 7.8v3.2M10.5 13.4v.1',
  human:
    'M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 19.5c.5-3.2 3-5 6.5-5s6 1.8 6.5 5M15.5 5a3.2 3.2 0 0 1 0 6M18 14.8c2 .7 3.2 2.3 3.5 4.7',
} as const;
const point = (name: keyof typeof icons, words: string) =>
  html`<li><svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true"><path d="${icons[name]}"/></svg><span>${unbroken(words)}</span></li>\n`;

/** `GET /`: what the chat is for in three lines, and the chat. */
export function supportPage({ language, languages, texts, config, contact, version }: PageView): string {
  const own = texts[language] as WebTexts;
  const { page, frame } = own;
  const human = wayToHuman(own, contact);
  const isOff = config.directLine === 'off';
  const choices = languages.map(
    (choice) =>
      html`<li><a href="?lang=${choice.language}" hreflang="${choice.language}" lang="${choice.language}"${
        choice.language === language ? html` aria-current="true"` : undefined
      }>${choice.name}</a></li>`,
  );
  const alternates = languages.map(
    (choice) => html`<link rel="alternate" hreflang="${choice.language}" href="?lang=${choice.language}">\n`,
  );
  const links = [...outside(config.faqUrl, page.faq), ...outside(config.privacyUrl, page.privacy)];
  const offer = html`<p class="intro">${unbroken(page.intro)}</p>
<ul class="points">
${point('steps', page.points.steps)}${point('causes', page.points.causes)}${point('human', page.points.human)}</ul>
`;
  const chat = html`<section class="chat" id="chat" tabindex="-1" aria-label="${frame.title}">
<iframe src="chat?lang=${language}" title="${frame.pageTitle}"></iframe>
<noscript><p>${page.noScript}${human && html` ${human}`}</p></noscript>
</section>
`;
  const closed = html`<p class="intro">${frame.closed}</p>
${
  human &&
  html`<p class="intro">${human}</p>
`
}`;
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<title>${page.title}</title>
<meta name="description" content="${page.description}">
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<meta name="color-scheme" content="light dark">
<link rel="icon" type="image/svg+xml" href="${fileAddress(version, 'icon.svg')}">
<link rel="stylesheet" href="${fileAddress(version, 'page.css')}">
${alternates}</head>
<body>
${
  isOff
    ? undefined
    : html`<a class="skip" href="#chat">${page.skip}</a>
`
}<header class="top">
<p class="name"><img src="${fileAddress(version, 'icon.svg')}" alt="" width="28" height="28"><span>${frame.title}</span></p>
<nav aria-label="${page.languages}"><ul>${choices}</ul></nav>
</header>
<main>
<div class="about">
<h1>${unbroken(page.heading)}</h1>
${isOff ? closed : offer}</div>
${isOff ? undefined : chat}</main>
<footer>
${isOff ? undefined : html`<p>${unbroken(page.source)}</p>`}${links.length > 0 ? html`\n<ul class="links">${links}</ul>` : undefined}
</footer>
</body>
</html>
`.markup;
}
