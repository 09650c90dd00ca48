import { createHash } from 'node:crypto';
import { readFile as readFromDisk } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, gzip, constants as zlib } from 'node:zlib';

export type ReadFile = (path: string) => Promise<Buffer>;
export type Encoding = 'br' | 'gzip' | 'identity';

/** Something sent as it is; each encoding is made once, when first asked for, off the main thread, and then kept. */
export interface Asset {
  type: string;
  /** Strong and the same for every process that serves the same bytes; each encoding adds its name (RFC 9110, 8.8.3). */
  hash: string;
  body(encoding: Encoding): Promise<Buffer>;
}

const types: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

// Quality 9 packs Web Chat's 3.9 MB in 0.2 s to 709 kB; 11 would save a tenth of that and take 5 s.
const pack: Record<Exclude<Encoding, 'identity'>, (bytes: Buffer) => Promise<Buffer>> = {
  br: (bytes) =>
    promisify(brotliCompress)(bytes, {
      params: { [zlib.BROTLI_PARAM_QUALITY]: 9, [zlib.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    }),
  gzip: (bytes) => promisify(gzip)(bytes, { level: 9 }),
};

const digest = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('base64url').slice(0, 16);

/** @param read gives the bytes; called again for each encoding, so that large ones need not stay in memory */
export function asset(type: string, hash: string, read: () => Promise<Buffer>): Asset {
  const made = new Map<Encoding, Promise<Buffer>>();
  const body = (encoding: Encoding) => {
    const known = made.get(encoding);
    if (known) return known;
    const bytes = read().then((raw) => (encoding === 'identity' ? raw : pack[encoding](raw)));
    made.set(encoding, bytes);
    bytes.catch(() => made.delete(encoding));
    return bytes;
  };
  return { type, hash, body };
}

export function textAsset(type: string, content: string): Asset {
  return asset(type, digest(content), async () => Buffer.from(content));
}

/** Files of `browser/` that pages load by name. The widget's are not among them: its route makes one of them. */
export const browserFiles = [
  'icon.svg',
  'page.css',
  'frame.css',
  'frame.js',
  'header.js',
  'connection.js',
  'memory.js',
  'host.js',
  'chat-store.js',
  'look.js',
  'notice.js',
  'own-data.js',
  'line.js',
  'stream.js',
  'seen.js',
  'closed.js',
] as const;
type BrowserFile = (typeof browserFiles)[number];

export interface WebAssets {
  /** Changes when any of the browser files does: part of their address, so that they can be cached for ever. */
  version: string;
  /** Web Chat's own version and address part; it stays cached when only our files change. */
  webChat: { version: string; asset: Asset };
  file(name: string): Asset | undefined;
  /** The widget's sources, which are still to be completed with the texts. */
  widget: { script: string; styles: string };
}

const browserFolder = fileURLToPath(new URL('browser/', import.meta.url));

/** Reads the browser side. Web Chat itself is read when first asked for. */
export async function loadAssets(readFile: ReadFile = (path) => readFromDisk(path)): Promise<WebAssets> {
  const webChatFolder = join(dirname(createRequire(import.meta.url).resolve('botframework-webchat')), '..');
  const [script, styles, manifest, ...contents] = await Promise.all([
    readFile(join(browserFolder, 'widget.js')),
    readFile(join(browserFolder, 'widget.css')),
    readFile(join(webChatFolder, 'package.json')),
    ...browserFiles.map((name) => readFile(join(browserFolder, name))),
  ]);
  const { version } = JSON.parse(String(manifest)) as { version: string };
  const files = new Map<string, Asset>(
    browserFiles.map((name: BrowserFile, at) => {
      const bytes = contents[at] as Buffer;
      return [name, asset(types[extname(name)] ?? 'application/octet-stream', digest(bytes), async () => bytes)];
    }),
  );
  return {
    version: digest([...files.values()].map(({ hash }) => hash).join()),
    webChat: {
      version,
      asset: asset(types['.js'] as string, `webchat-${version}`, () =>
        readFile(join(webChatFolder, 'dist', 'webchat.js')),
      ),
    },
    file: (name) => files.get(name),
    widget: { script: String(script), styles: String(styles) },
  };
}
