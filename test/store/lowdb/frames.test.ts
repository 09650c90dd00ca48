import { expect, it } from 'vitest';
import { encodeFrame, readFrames } from '../../../src/store/lowdb/frames.ts';

const segment = (...numbers: number[]) =>
  Buffer.concat([
    ...numbers.map((number) => encodeFrame(`d ticket/${number} 1 ${number}\n`, number)),
    Buffer.alloc(64),
  ]);
const read = (file: Buffer) => {
  const { payloads, after } = readFrames(file);
  return { count: payloads.length, after };
};

it('reads the records of a segment in their order', () => {
  expect(read(segment(0, 1, 2))).toEqual({ count: 3, after: 'zeros' });
});

it.each([
  ['lost', [0, 1, 3], 2],
  ['doubled', [0, 1, 1, 2], 2],
  ['put in another’s place', [0, 2, 1], 1],
  ['the first', [1, 2], 0],
])('a sound record that is %s is not read as the next one', (_, numbers, count) => {
  expect(read(segment(...numbers))).toEqual({ count, after: 'sound' });
});
