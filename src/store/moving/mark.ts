import type { DocKey } from '../port.ts';

/** Is there while an import is under way: a store that has it is not whole. */
export const IMPORT_MARK: DocKey = 'import/unfinished';
