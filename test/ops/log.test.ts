/** What the process writes down, and what can never get in. */
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLog, errorFacts, type Facts, type Level } from '../../src/ops/log.ts';
import { StoreUnavailable } from '../../src/store/port.ts';

const root = join(import.meta.dirname, '../..');

function open(level: Level = 'debug') {
  const lines: string[] = [];
  const log = createLog({ level, to: { write: (line) => lines.push(line) }, now: () => 0 });
  return { lines, log };
}

/** The facts as they stand in the line. */
function written(facts: object): Record<string, unknown> {
  const { lines, log } = open();
  log('error', 'it broke', facts as Facts);
  const { time: _, level: __, event: ___, ...rest } = JSON.parse(lines.join('')) as Record<string, unknown>;
  return rest;
}

describe('the log', () => {
  it('writes one JSON object a line, from its level on', () => {
    const { lines, log } = open('warn');
    log('error', 'it broke', { code: 'EIO', status: 500, reason: undefined });
    log('warn', 'nothing more is known');
    log('info', 'too quiet');
    expect(lines).toEqual([
      '{"level":"error","time":"1970-01-01T00:00:00.000Z","code":"EIO","status":500,"event":"it broke"}\n',
      '{"level":"warn","time":"1970-01-01T00:00:00.000Z","event":"nothing more is known"}\n',
    ]);
  });

  it('knows the ids of outbox rows', () => {
    for (const id of [
      'reply:6Fq0bX2mVJtKq3Yf7Lr9Zs:14',
      'reply:a:1_conversation.of-Teams:3',
      'reply:19:meeting_YWJj@thread.v2:3',
      'mail:<request.K7Q2-9XWM@cps-support-bot>',
      'mail:<answer.K7Q2-9XWM.3@cps-support-bot>:1763632800000',
      'remind:K7Q2-9XWM:unanswered:4:0',
    ]) {
      expect(written({ id })).toEqual({ id });
    }
  });

  it('leaves out facts of other names, and withholds values of another look', () => {
    expect(
      written({ text: 'hello', user: 'dl_7', err: new Error('hello'), req: { headers: { cookie: 'x' } } }),
    ).toEqual({});
    expect(
      written({
        id: 'reply:mari.maasikas@example.com:1',
        error: 'my password is hunter2',
        code: 'mari@example.com',
        cause: 'x'.repeat(100),
        status: 'hello',
        result: { toString: () => 'done' },
        at: 'at hunter2 (/etc/passwd:1:2)',
      }),
    ).toEqual({
      id: '(withheld)',
      error: '(withheld)',
      code: '(withheld)',
      cause: '(withheld)',
      status: '(withheld)',
      result: '(withheld)',
      at: '',
    });
    expect(written({ reason: 'store.json: Unexpected token \'h\', "hello "you"... is not valid JSON' })).toEqual({
      reason: 'store.json: Unexpected token …',
    });
    expect(written({ reason: `postgres://cps:secret@db/x is away (${'e'.repeat(80)})` })).toEqual({
      reason: '… is away (…)',
    });
  });

  it('tells the kind, cause and place of an error, never its message', () => {
    const thrown = Object.assign(new TypeError('my password is hunter2\n    at hunter2 (src/index.ts:1:2)'), {
      code: 'E_X',
    });
    expect(errorFacts(thrown)).toMatchObject({
      error: 'TypeError',
      code: 'E_X',
      at: expect.stringMatching(/test\/ops\/log\.test\.ts:\d+:\d+/),
    });
    const refused = Object.assign(new Error('connect 10.0.0.7'), { code: 'ECONNREFUSED' });
    expect(errorFacts(new Error('fetch failed', { cause: refused }))).toMatchObject({ cause: 'ECONNREFUSED' });
    for (const code of ['ERR_HTTP2_STREAM_CANCEL', '57P01', '404']) expect(written({ code })).toEqual({ code });
    expect(written({ code: '4111111111111111' })).toEqual({ code: '(withheld)' });
    expect(errorFacts(new StoreUnavailable('disk full'))).toMatchObject({ reason: 'disk full' });
    expect(errorFacts('hunter2')).toEqual({ error: 'string' });
  });

  it('shows nothing of what was thrown or handed over, whatever it is', () => {
    const secret = fc.stringMatching(/^[A-Za-zõäöüāēšž0-9._%+-]{3,20}$/).map((one) => `zq${one}qz`);
    const strings = secret.chain((one) =>
      fc.constantFrom(
        one,
        `my password is ${one}`,
        `${one}@example.com`,
        `${one}\n    at ${one} (${root}/src/index.ts:1:2)`,
        `\n    at f (${root}/src/${one}.ts:1:2)`,
        `{"text":"${one}"}`,
      ),
    );
    fc.assert(
      fc.property(
        strings,
        fc.dictionary(fc.constantFrom('text', 'from', 'token', 'err', 'msg', 'name'), strings),
        (said, more) => {
          const error = Object.assign(new Error(said, { cause: new Error(said) }), {
            detail: said,
            activity: { text: said },
          });
          const renamed = Object.assign(new Error('x'), { name: `Error: ${said}`, code: `code ${said}` });
          const parse = () => {
            try {
              return JSON.parse(`${said}`) as unknown;
            } catch (thrown) {
              return thrown;
            }
          };
          const { lines, log } = open();
          for (const one of [error, renamed, parse(), said]) log('error', 'it broke', errorFacts(one));
          log('error', 'it broke', { ...more, reason: JSON.stringify(more) } as Facts);
          expect(lines.join('')).not.toMatch(/zq/);
        },
      ),
    );
  });
});
