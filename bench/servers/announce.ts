import type { AddressInfo } from 'node:net';

/** Prints where a server listens; the one line that the benchmark waits for. */
export function announce(server: { address(): unknown }): void {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}
