import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLowdbStore } from '../../src/store/lowdb/index.ts';
import { erasureContract } from './erasure-contract.ts';

erasureContract('the embedded engine', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cps-erasing-'));
  const store = await openLowdbStore({ folder });
  return {
    store,
    async bytes() {
      const files = await readdir(folder, { recursive: true, withFileTypes: true });
      const texts = files
        .filter((one) => one.isFile())
        .map((one) => readFile(join(one.parentPath, one.name), 'latin1').catch(() => ''));
      return (await Promise.all(texts)).join('\n');
    },
    async drop() {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
});
