/** A file layer whose failures to read are the store's own: who asked is told to try again, the operator which file and why. */
import { StoreDamaged, StoreUnavailable } from '../port.ts';
import type { FileLayer } from './file-layer.ts';

/** A bad sector stays bad; too many open files, or no permission, are no fault of the file's. */
const isDamage = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'EIO';

const reasonOf = (path: string, error: unknown) =>
  `${path} cannot be read (${error instanceof Error ? error.message : error})`;

function refuseFile(path: string, error: unknown): never {
  const reason = reasonOf(path, error);
  if (!isDamage(error)) throw new StoreUnavailable(reason);
  throw new StoreDamaged(`${reason}. See to the disk, and put this file back from a backup.`);
}

function refuseFolder(path: string, error: unknown): never {
  throw new StoreUnavailable(reasonOf(path, error));
}

/** @throws StoreUnavailable with path and reason, and without contents, from `read`, `readNow` and `list`. */
export function readable(files: FileLayer): FileLayer {
  return {
    open: (path, which, how) => files.open(path, which, how),
    rename: (from, to) => files.rename(from, to),
    remove: (path) => files.remove(path),
    makeFolder: (path) => files.makeFolder(path),
    flushFolder: (path) => files.flushFolder(path),
    read: (path) => files.read(path).catch((error) => refuseFile(path, error)),
    list: (folder) => files.list(folder).catch((error) => refuseFolder(folder, error)),
    readNow(path) {
      try {
        return files.readNow(path);
      } catch (error) {
        return refuseFile(path, error);
      }
    },
  };
}
