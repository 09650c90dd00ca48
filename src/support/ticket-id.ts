/** Short numbers that a person can read out: no 0/O, 1/I/L, 8/B. */
const signs = '2345679ACDEFGHJKMNPQRSTUVWXYZ';

/** @param random bytes from a cryptographic source. @returns for example `K7F3-2Q` (29^6, about 600 million). */
export function ticketId(random: (bytes: number) => Uint8Array): string {
  const letters: string[] = [];
  while (letters.length < 6) {
    // Bytes above the last whole multiple would favour the first signs.
    for (const byte of random(8)) if (byte < 256 - (256 % signs.length)) letters.push(signs[byte % signs.length]!);
  }
  return `${letters.slice(0, 4).join('')}-${letters.slice(4, 6).join('')}`;
}
