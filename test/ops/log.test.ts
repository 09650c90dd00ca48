import { describe, expect, it } from 'vitest';
import { createLog, errorFacts } from '../../src/ops/log.ts';
import { StoreUnavailable } from '../../src/store/port.ts';

describe('the log', () => {
  it('writes one JSON object per line, from its level on', () => {
    const lines: string[] = [];
    const log = createLog({ level: 'warn', write: (line) => lines.push(line), now: () => 0 });
    log('error', 'it broke', { code: 'EIO', missing: undefined });
    log('warn', 'a line\nbreak', { text: 'a\nb' });
    log('info', 'too quiet');
    expect(lines).toEqual([
      '{"time":"1970-01-01T00:00:00.000Z","level":"error","event":"it broke","code":"EIO"}\n',
      '{"time":"1970-01-01T00:00:00.000Z","level":"warn","event":"a line\\nbreak","text":"a\\nb"}\n',
    ]);
  });

  it('tells the kind and place of an error, and its message only where that holds nothing of a customer', () => {
    const facts = errorFacts(
      Object.assign(new TypeError('my password is hunter2\n    at hunter2 (x)'), { code: 'E_X' }),
    );
    expect(facts).toMatchObject({ error: 'TypeError', code: 'E_X', at: expect.stringContaining('log.test.ts') });
    expect(errorFacts(new StoreUnavailable('disk full'))).toMatchObject({ reason: 'disk full' });
    expect(errorFacts('hunter2')).toEqual({ error: 'string' });
    expect(JSON.stringify(facts)).not.toContain('hunter2');
  });
});
