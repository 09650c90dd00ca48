/** Where the process begins. */
import { enableCompileCache, flushCompileCache } from 'node:module';
import { join } from 'node:path';

// Half of a start is compiling: what was compiled is kept. Where the folder cannot be written, it is done again each time.
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/compiled'));
await import('./wire.ts');
// Kept by itself at the end, but not every process comes to a regular one.
setTimeout(flushCompileCache, 5000).unref();
