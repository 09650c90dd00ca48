import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { findChromium } from './chromium.ts';

test('CHROMIUM wins over PATH, and a browser that cannot be run is none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chromium-'));
  const browser = join(folder, 'google-chrome');
  writeFileSync(browser, '');
  expect(findChromium({ PATH: folder })).toBeUndefined();
  chmodSync(browser, 0o755);
  expect(findChromium({ PATH: ['/nowhere', folder].join(delimiter) })).toBe(browser);
  expect(findChromium({ PATH: folder, CHROMIUM: '/nowhere/chromium' })).toBeUndefined();
  expect(findChromium({ CHROMIUM: browser })).toBe(browser);
  expect(findChromium({})).toBeUndefined();
  rmSync(folder, { recursive: true });
});
