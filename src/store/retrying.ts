import { StoreConflict } from './port.ts';

/** Ten instances that write one document at the same moment get through well within this. */
const most = 20;

/** Somebody else wrote in between: reads again and decides again. @throws StoreConflict when that goes on and on */
export async function retrying<T>(work: () => Promise<T>): Promise<T> {
  for (let conflicts = 0; ; conflicts++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoreConflict) || conflicts >= most) throw error;
    }
  }
}
