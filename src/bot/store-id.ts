import { createHash } from 'node:crypto';

/** A conversation's id as the store takes it: channels use any signs and any length. */
export function storeId(id: string): string {
  return /^[A-Za-z0-9._:@|-]{1,150}$/.test(id) ? id : `id-${createHash('sha256').update(id).digest('base64url')}`;
}
