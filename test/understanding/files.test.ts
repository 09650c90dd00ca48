import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { modelFile, readUnderstandingData } from '../../src/language/understand/files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'understand-'));
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true });
});
const write = (path: string, value: unknown): void => {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), typeof value === 'string' ? value : JSON.stringify(value));
};

describe('readUnderstandingData', () => {
  it('takes every folder with phrases, its synonyms and its other texts', () => {
    write('et/utterances.json', { greeting: ['Tere'] });
    write('et/synonyms.json', { greet: ['tere'] });
    write('et/bot.json', { a: { b: 'Kuidas saan aidata?' }, c: ['Head aega'] });
    write('xx/bot.json', {});
    expect(readUnderstandingData(folder)).toEqual({
      et: {
        utterances: { greeting: ['Tere'] },
        synonyms: { greet: ['tere'] },
        texts: ['Kuidas saan aidata?', 'Head aega'],
      },
    });
  });

  it.each([
    ['{', /utterances\.json is not readable JSON/],
    [{ greeting: 'Tere' }, /utterances\.json: "greeting" must be a list/],
    [{ greeting: [1] }, /"greeting" must be a list/],
  ])('names a file that is wrong: %j', (content, message) => {
    write('et/utterances.json', content);
    expect(() => readUnderstandingData(folder)).toThrow(message);
  });
});

describe('modelFile', () => {
  it('keeps bytes, and leaves nothing else behind', () => {
    const file = join(folder, 'deep', 'model.bin');
    const cache = modelFile(file);
    expect(cache.read()).toBeUndefined();
    cache.write(new Uint8Array([1, 2]));
    cache.write(new Uint8Array([3]));
    expect([...cache.read()!]).toEqual([3]);
    expect(readdirSync(join(folder, 'deep'))).toEqual(['model.bin']);
  });

  it('reports a folder that cannot be written to, and goes on', () => {
    write('file', 'in the way');
    const problems: string[] = [];
    modelFile(join(folder, 'file', 'model.bin'), (problem) => problems.push(problem)).write(new Uint8Array([1]));
    expect(problems).toHaveLength(1);
    expect(existsSync(join(folder, 'file'))).toBe(true);
  });
});
