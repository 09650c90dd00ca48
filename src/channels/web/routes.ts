import { randomBytes as randomBytesOfSystem } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { addressOf } from '../../config/values.ts';
import { Refusal } from '../../http/refusal.ts';
import type { RouteModule } from '../../http/route.ts';
import { azureDomain } from '../directline/azure.ts';
import { type Asset, type Encoding, loadAssets, type ReadFile, textAsset, type WebAssets } from './assets.ts';
import { chooseLanguage } from './choose-language.ts';
import { closedFrame } from './closed.ts';
import { chatFrame } from './frame.ts';
import { chatHeaders, commonHeaders, mayEmbed, pageHeaders, type WebConfig } from './headers.ts';
import { supportPage } from './page.ts';
import { type WebTexts, webTexts } from './texts.ts';
import { completeWidget } from './widget.ts';

export interface WebRoutesOptions {
  config: WebConfig;
  texts: {
    /** On offer, in order; the first is used when a visitor wants none of them. */
    languages: readonly string[];
    /** `locales/<language>/<name>.json`, of which `web` and `bot` are read. */
    file(language: string, name: string): unknown;
  };
  randomBytes?: (size: number) => Buffer;
  readFile?: ReadFile;
  /** Where Direct Line is when it is not here. */
  azure?: string;
}

/** The best encoding that the browser accepts (RFC 9110, 12.5.3), without weights: every browser that names br prefers it. */
export function chooseEncoding(accepted: string | string[] | undefined): Encoding {
  const names = String(accepted ?? '')
    .toLowerCase()
    .split(',')
    .filter((part) => !/;\s*q=0(\.0*)?\s*$/.test(part))
    .map((part) => part.split(';')[0]?.trim());
  return names.includes('br') ? 'br' : names.includes('gzip') ? 'gzip' : 'identity';
}

type Headers = Record<string, string>;

async function send(request: IncomingMessage, response: ServerResponse, asset: Asset, headers: Headers): Promise<void> {
  const encoding = chooseEncoding(request.headers['accept-encoding']);
  const etag = `"${asset.hash}-${encoding}"`;
  const vary = ['accept-encoding', headers.vary].filter(Boolean).join(', ');
  if (request.headers['if-none-match']?.split(/\s*,\s*/).includes(etag)) {
    response.writeHead(304, { ...headers, vary, etag }).end();
    return;
  }
  const body = await asset.body(encoding);
  response.writeHead(200, {
    ...headers,
    vary,
    etag,
    'content-type': asset.type,
    'content-length': body.length,
    ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
  });
  response.end(body);
}

const html = (content: string) => textAsset('text/html; charset=utf-8', content);

/** The website side: support page, widget, chat frame and their files, which are read with the first request. */
export function webRoutes({
  config,
  texts: { languages, file },
  randomBytes = randomBytesOfSystem,
  readFile,
  azure = azureDomain,
}: WebRoutesOptions): RouteModule {
  const texts: Record<string, WebTexts> = Object.fromEntries(
    languages.map((language) => [language, webTexts(file(language, 'web'), file(language, 'bot'))]),
  );
  const offered = Object.entries(texts).map(([language, { name }]) => ({ language, name }));
  const contact = config.supportEmail && addressOf(config.supportEmail);
  const pages = new Map<string, Asset>();
  let widget: Asset | undefined;
  let loading: Promise<WebAssets> | undefined;
  const assets = () => {
    loading ??= loadAssets(readFile).catch((error: unknown) => {
      loading = undefined; // the next request tries again
      throw error;
    });
    return loading;
  };
  const languageOf = (request: IncomingMessage, query: URLSearchParams) =>
    chooseLanguage({ query: query.get('lang'), acceptLanguage: request.headers['accept-language'] }, languages);

  return {
    headers: () => commonHeaders,
    routes: [
      {
        method: 'GET',
        path: '/',
        async handle(request, response, { query }) {
          const language = languageOf(request, query);
          const { version } = await assets();
          const page =
            pages.get(language) ?? html(supportPage({ language, languages: offered, texts, config, contact, version }));
          pages.set(language, page);
          const headers = { 'cache-control': 'no-cache', 'content-language': language, vary: 'accept-language' };
          await send(request, response, page, { ...pageHeaders, ...headers });
        },
      },
      {
        method: 'GET',
        path: '/widget.js',
        async handle(request, response) {
          const { script, styles } = (await assets()).widget;
          widget ??= textAsset('text/javascript; charset=utf-8', completeWidget(script, styles, texts, contact));
          await send(request, response, widget, {
            'cache-control': 'public, max-age=3600, stale-while-revalidate=86400',
            'cross-origin-resource-policy': 'cross-origin',
          });
        },
      },
      {
        method: 'GET',
        path: '/chat',
        async handle(request, response, { query }) {
          const language = languageOf(request, query);
          const { version, webChat } = await assets();
          const nonce = randomBytes(16).toString('base64');
          const asked = query.get('host') ?? undefined;
          const frame = (config.directLine === 'off' ? closedFrame : chatFrame)({
            language,
            languages: offered,
            texts,
            config,
            contact,
            version,
            webChatVersion: webChat.version,
            nonce,
            host: mayEmbed(asked, config) ? asked : undefined,
          });
          const headers = { 'cache-control': 'no-store', 'content-language': language };
          await send(request, response, html(frame), { ...chatHeaders(config, nonce, azure), ...headers });
        },
      },
      {
        method: 'GET',
        path: '/assets/:version/:name',
        async handle(request, response, { params }) {
          const { version, webChat, file: browserFile } = await assets();
          const isWebChat = params.name === 'webchat.js';
          const asset = isWebChat ? webChat.asset : browserFile(params.name ?? '');
          if (!asset) throw new Refusal(404, 'NotFound', 'There is no such file.');
          // A page of an earlier deployment gets today's file, which must not be kept under yesterday's address.
          const current = params.version === (isWebChat ? `webchat-${webChat.version}` : version);
          await send(request, response, asset, {
            'cache-control': current ? 'public, max-age=31536000, immutable' : 'no-cache',
          });
        },
      },
    ],
  };
}
