import { it } from 'vitest';
import { createFakeDisk } from './fake-disk.ts';
import { openOn, TINY } from './opened.ts';
for (let r = 0; r < 5; r++) it('x' + r, async () => {
  const disk = createFakeDisk();
  disk.delay = async () => { while (Math.random() < 0.3) await new Promise(setImmediate); };
  const store = await openOn(disk, TINY);
  for (let n = 0; n < 9; n++) {
    await store.commit({ docs: [{ key: 'ticket/a', version: n, value: n }], lines: Array.from({ length: 60 }, () => ({ conversation: 'a', value: n })) });
  }
  console.log('erase'); let t = performance.now();
  await store.erase({ conversations: ['a'] });
  console.log('erased', performance.now() - t); t = performance.now();
  const b = await openOn(disk.cut());
  console.log('opened', performance.now() - t); t = performance.now();
  await b.close();
  console.log('closed', performance.now() - t); t = performance.now();
  await store.close();
  console.log('closed', performance.now() - t);
}, 3000);
