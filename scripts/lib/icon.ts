/** The app's icons, drawn here: a speech bubble with three dots. PNG (RFC 2083), 8 bits per channel with alpha. */
import { crc32, deflateSync } from 'node:zlib';

type Pixel = readonly [red: number, green: number, blue: number, alpha: number];
const white: Pixel = [255, 255, 255, 255];
const none: Pixel = [0, 0, 0, 0];
const blue: Pixel = [0x1f, 0x4e, 0x8c, 255];

/** 192 pixels: white on blue. */
export const colorIcon = () => png(192, (x, y) => (isBubble(x, y) && !isDot(x, y) ? white : blue));
/** 32 pixels: white lines on nothing, as Teams wants it. */
export const outlineIcon = () =>
  png(32, (x, y) => ((isBubble(x, y) && !isBubble(x, y, 0.07)) || isDot(x, y) ? white : none));

/** All in parts of the whole side. */
function isBubble(x: number, y: number, inset = 0): boolean {
  const [left, right, top, bottom, round] = [0.16 + inset, 0.84 - inset, 0.2 + inset, 0.68 - inset, 0.12];
  const dx = Math.max(left + round - x, x - right + round, 0);
  const dy = Math.max(top + round - y, y - bottom + round, 0);
  const inBody = Math.hypot(dx, dy) <= round;
  const inTail = y > 0.6 && y < 0.84 - inset * 2 && x > 0.3 + inset && x - 0.3 < 0.84 - y - inset;
  return inBody || inTail;
}
const isDot = (x: number, y: number) => [0.34, 0.5, 0.66].some((at) => Math.hypot(x - at, y - 0.44) < 0.045);

function png(side: number, paint: (x: number, y: number) => Pixel): Buffer {
  const rows: number[] = [];
  for (let y = 0; y < side; y++) {
    rows.push(0);
    for (let x = 0; x < side; x++) rows.push(...paint((x + 0.5) / side, (y + 0.5) / side));
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
