import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome'];

/** The browser of the browser tests: `CHROMIUM`, else the first of the usual names on PATH; undefined when there is none. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const onPath = (env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  const candidates = env.CHROMIUM ? [env.CHROMIUM] : onPath;
  return candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** What a skipped browser test prints. */
export const noChromium =
  'Skipped: no Chromium found. Install it with `apt-get install chromium`, or set CHROMIUM to the path of Chromium or Chrome.';

/** Whether browser tests have to be skipped, which is printed; in CI a missing browser is a failure instead. */
export function chromiumIsMissing(env: NodeJS.ProcessEnv = process.env): boolean {
  if (findChromium(env)) return false;
  if (env.CI) throw new Error(noChromium);
  console.log(noChromium);
  return true;
}

/** Starts a browser that talks to nobody but the pages under test; undefined when none is installed. */
export async function launchChromium(): Promise<Browser | undefined> {
  const executablePath = findChromium();
  if (!executablePath) return undefined;
  return chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
