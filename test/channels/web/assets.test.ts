import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { asset, browserFiles, loadAssets, textAsset } from '../../../src/channels/web/assets.ts';

describe('an asset', () => {
  test('is packed once for each encoding, and unpacks to itself', async () => {
    let reads = 0;
    const one = asset('text/plain', 'h', async () => {
      reads += 1;
      return Buffer.from('tere '.repeat(100));
    });
    const [br, gzip] = await Promise.all([one.body('br'), one.body('gzip'), one.body('br')]);
    await one.body('gzip');
    expect(reads).toBe(2);
    expect(brotliDecompressSync(br)).toEqual(await one.body('identity'));
    expect(gunzipSync(gzip)).toEqual(await one.body('identity'));
  });

  test('is read again after a failure', async () => {
    let broken = true;
    const one = asset('text/plain', 'h', async () => {
      if (broken) throw new Error('no file');
      return Buffer.from('x');
    });
    await expect(one.body('gzip')).rejects.toThrow('no file');
    broken = false;
    expect(gunzipSync(await one.body('gzip')).toString()).toBe('x');
  });

  test('has the hash of its content', () => {
    expect(textAsset('a', 'x').hash).toBe(textAsset('b', 'x').hash);
    expect(textAsset('a', 'x').hash).not.toBe(textAsset('a', 'y').hash);
  });
});

describe('the browser side', () => {
  test('has every file that a module of it imports', async () => {
    const assets = await loadAssets();
    for (const name of browserFiles) {
      const code = String(await assets.file(name)?.body('identity'));
      for (const [, imported = ''] of code.matchAll(/from '\.\/([^']+)'/g))
        expect(assets.file(imported), imported).toBeDefined();
    }
  });

  test('gets another version when a file changes', async () => {
    const { readFile } = await import('node:fs/promises');
    const usual = await loadAssets();
    const changed = await loadAssets(async (path) => {
      const bytes = await readFile(path);
      return path.endsWith('host.js') ? Buffer.concat([bytes, Buffer.from('\n')]) : bytes;
    });
    expect(changed.version).not.toBe(usual.version);
    expect((await loadAssets()).version).toBe(usual.version);
  });

  test('names Web Chat’s version and does not read it before it is asked for', async () => {
    const read: string[] = [];
    const { readFile } = await import('node:fs/promises');
    const { webChat } = await loadAssets((path) => {
      read.push(path);
      return readFile(path);
    });
    expect(webChat.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(read.some((path) => path.endsWith('webchat.js'))).toBe(false);
    expect((await webChat.asset.body('identity')).length).toBeGreaterThan(1_000_000);
  });
});
