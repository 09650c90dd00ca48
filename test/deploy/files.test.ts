/** What stands in deploy/ fits the bot: the figures exist, the paths and times agree. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { createMetrics } from '../../src/ops/metrics.ts';

const read = (name: string) => readFileSync(join(import.meta.dirname, '../../deploy', name), 'utf8');
/** Prometheus makes this one itself. */
const madeElsewhere = new Set(['up']);

let known: Set<string>;
beforeAll(async () => {
  const metrics = createMetrics({
    store: { status: () => ({ ok: true }) },
    outbox: async () => ({
      ...{ rows: [{ kind: 'mail', state: 'waiting', count: 1 }], late: 0 },
      ...{ oldestSeconds: 0, parked: 0, uncertain: 0 },
    }),
    tickets: async () => ({ waiting: 1 }),
    readiness: async () => ({ reasons: [], warnings: [] }),
    openSockets: () => 0,
  });
  metrics.onTurn({
    ...{ flow: 'tiers', node: 'points', outcome: undefined, language: 'et', intent: 'tiers', decision: 'answer' },
    ...{ requests: 1, ms: 1 },
  });
  metrics.onSettled({ kind: 'mail' }, { result: 'done' });
  metrics.onFailure();
  const text = await metrics.text();
  known = new Set(text.split('\n').map((line) => line.split(/[{ ]/)[0] ?? ''));
});

/** The names of series in a PromQL expression: words that are no function, keyword, label or text. */
function namesIn(expression: string): string[] {
  const bare = expression
    .replace(/"[^"]*"/g, '')
    .replace(/\{[^}]*\}/g, '')
    .replace(/\b(by|ignoring|on)\s*\([^)]*\)/g, '')
    .replace(/\[[^\]]*\]/g, '');
  return [...bare.matchAll(/[a-z_]\w*(?!\w*\s*\()/g)]
    .map(([name]) => name)
    .filter((name) => !/^(and|or|unless|group_left|e\d+)$/.test(name));
}

test('names are found in expressions', () => {
  expect(namesIn('sum by (le) (rate(cps_turn_seconds_bucket{a="b c"}[5m])) > 3 * up and cps_ready == 0')).toEqual([
    'cps_turn_seconds_bucket',
    'up',
    'cps_ready',
  ]);
});

describe('the alert rules', () => {
  const rules = read('alerts.yml')
    .split(/^ {6}- alert: /m)
    .slice(1);

  test('ask only for figures that /metrics has', () => {
    const used = rules.flatMap((rule) => namesIn(/^ {8}expr: (.+)$/m.exec(rule)?.[1] ?? ''));
    expect(used.length).toBeGreaterThanOrEqual(rules.length);
    expect(used.filter((name) => !known.has(name) && !madeElsewhere.has(name))).toEqual([]);
  });

  test('each has a name of its own, a severity, and says what it means and what to do', () => {
    expect(new Set(rules.map((rule) => rule.split('\n')[0])).size).toBe(rules.length);
    for (const rule of rules) {
      expect(rule).toMatch(/^ {10}severity: (info|warning|critical)$/m);
      expect(rule).toMatch(/^ {10}summary: .+$/m);
      expect(rule).toMatch(/^ {10}description: ".+"$/m);
      // A plain scalar must not begin with or hold what YAML takes for something else.
      for (const [, value = ''] of rule.matchAll(/^ +(?:expr|summary): (?!")(.+)$/gm)) {
        expect(value).not.toMatch(/^[{[&*!|>'%@`]|: | #/);
      }
    }
  });
});

describe('the dashboard', () => {
  interface Panel {
    id: number;
    title: string;
    gridPos: { x: number; y: number; w: number; h: number };
    targets: { expr: string }[];
  }
  const { panels } = JSON.parse(read('grafana-dashboard.json')) as { panels: Panel[] };

  test('asks only for figures that /metrics has, and shows all of ours', () => {
    const used = panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => namesIn(expr)));
    expect(used.filter((name) => !known.has(name))).toEqual([]);
    const shown = new Set(used.map((name) => name.replace(/_bucket$/, '')));
    const ours = [...known]
      .filter((name) => name.startsWith('cps_'))
      .map((name) => name.replace(/_(bucket|sum|count)$/, ''));
    expect(ours.filter((name) => !shown.has(name))).toEqual([]);
  });

  test('no panel covers another', () => {
    const places = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, i) => `${x + (i % w)}/${y + Math.floor(i / w)}`),
    );
    expect(new Set(places).size).toBe(places.length);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  });
});

describe('the service and the proxy', () => {
  test('stopping is given longer than the bot takes for it', () => {
    const seconds = Number(/^TimeoutStopSec=(\d+)$/m.exec(read('cps-support-bot.service'))?.[1]);
    expect(seconds).toBeGreaterThan(10 + 10 + 5);
  });

  test('the service is production, with data where it may write', () => {
    const service = read('cps-support-bot.service');
    expect(service).toMatch(/^ExecStart=\/usr\/bin\/env NODE_ENV=production DATA_DIR=\/var\/lib\/cps-support-bot /m);
    expect(service).toMatch(/^StateDirectory=cps-support-bot$/m);
  });

  test('what a wrong configuration ends with is not started again and again', () => {
    const env = { PATH: process.env.PATH, PORT: '0', PUBLIC_URL: 'nonsense', RETENTION_DAYS: 'x' };
    const { status, stderr } = spawnSync(process.execPath, ['src/index.ts'], { env, encoding: 'utf8' });
    expect(stderr).toMatch(/PUBLIC_URL .*\n {2}RETENTION_DAYS /);
    expect(status).toBeGreaterThan(0);
    expect(read('cps-support-bot.service')).toMatch(new RegExp(`^RestartPreventExitStatus=${status}$`, 'm'));
  });

  test('nginx hides the operators’ routes, names the address once, and lets WebSockets through', () => {
    const nginx = read('nginx.conf');
    const [, hidden = ''] = /location ~\* "(.+)" \{ return 404; \}/.exec(nginx) ?? [];
    const ops = join(import.meta.dirname, '../../src/ops');
    const sources = readdirSync(ops, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    const guarded = sources
      .map((name) => readFileSync(join(ops, name), 'utf8'))
      .filter((source) => source.includes('isOperator('))
      .flatMap((source) => [...source.matchAll(/path: ['`](\/\w+)/g)].map(([, path]) => path!));
    expect(guarded).toEqual(expect.arrayContaining(['/metrics', '/backup', '/unknown', '/insight', '/data']));
    for (const path of guarded) expect(path).toMatch(new RegExp(hidden, 'i'));
    for (const path of ['/', '/chat', '/readyz', '/database']) expect(path).not.toMatch(new RegExp(hidden, 'i'));
    expect(nginx).toContain('proxy_set_header X-Forwarded-For $remote_addr;');
    expect(nginx).toContain('proxy_set_header Upgrade $http_upgrade;');
    expect(nginx).not.toMatch(/\$(request|request_uri|args)\b.*\$status/);
  });
});
