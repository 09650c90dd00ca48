import { storeContract } from '../contract.ts';
import { createFakeDisk } from './fake-disk.ts';
import { onRealDisk, openOn, reopenable, TINY } from './opened.ts';

storeContract('lowdb on a real disk', () => onRealDisk());

storeContract(
  'lowdb with everything written behind at once and nothing kept in memory',
  () => {
    const disk = createFakeDisk();
    return reopenable(() => openOn(disk, TINY));
  },
  150,
);
