/** Nested too deep for code that walks through it, or with a key that would change an object that it is copied into. */
export function isUnsafe(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0 || Object.hasOwn(value, '__proto__')) return true;
  for (const key in value) if (isUnsafe((value as Record<string, unknown>)[key], levels - 1)) return true;
  return false;
}
