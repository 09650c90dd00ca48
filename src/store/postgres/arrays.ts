/**
 * Arrays as PostgreSQL receives them in binary: a length before each element instead of quotes and backslashes, which would
 * cost a batch a quarter more time (docs/adr/0004). Layout: `array_recv` in PostgreSQL's arrayfuncs.c.
 */
const head = (type: number, count: number, hasNull: boolean): Buffer => {
  const bytes = Buffer.alloc(count === 0 ? 12 : 20);
  bytes.writeInt32BE(count === 0 ? 0 : 1, 0);
  bytes.writeInt32BE(hasNull ? 1 : 0, 4);
  bytes.writeInt32BE(type, 8);
  if (count > 0) {
    bytes.writeInt32BE(count, 12);
    bytes.writeInt32BE(1, 16);
  }
  return bytes;
};

/** @param write puts one value of `size` bytes at an offset */
function fixed<T>(type: number, size: number, write: (bytes: Buffer, value: T, at: number) => void) {
  return (values: readonly (T | undefined)[]): Buffer => {
    const body = Buffer.alloc(values.length * (4 + size));
    let at = 0;
    let hasNull = false;
    for (const value of values) {
      body.writeInt32BE(value === undefined ? -1 : size, at);
      at += 4;
      if (value === undefined) hasNull = true;
      else {
        write(body, value, at);
        at += size;
      }
    }
    return Buffer.concat([head(type, values.length, hasNull), body.subarray(0, at)]);
  };
}

/** `undefined` is NULL. The numbers are the types' OIDs, the same in every PostgreSQL. */
export const booleans = fixed<boolean>(16, 1, (bytes, value, at) => bytes.writeUInt8(value ? 1 : 0, at));
export const bigints = fixed<number>(20, 8, (bytes, value, at) => bytes.writeBigInt64BE(BigInt(value), at));
export const integers = fixed<number>(23, 4, (bytes, value, at) => bytes.writeInt32BE(value, at));
export const doubles = fixed<number>(701, 8, (bytes, value, at) => bytes.writeDoubleBE(value, at));

export function texts(values: readonly (string | undefined)[]): Buffer {
  const lengths = values.map((value) => (value === undefined ? -1 : Buffer.byteLength(value)));
  const start = head(25, values.length, lengths.includes(-1));
  const bytes = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + 4 + Math.max(0, length), start.length));
  start.copy(bytes);
  let at = start.length;
  for (const [index, value] of values.entries()) {
    at = bytes.writeInt32BE(lengths[index]!, at);
    if (value !== undefined) at += bytes.write(value, at);
  }
  return bytes;
}
