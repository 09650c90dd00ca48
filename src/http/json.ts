/** Nested too deep for code that walks through it, or with a key that would change an object that it is copied into. */
export function isUnsafe(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  if (Array.isArray(value)) return value.some((one) => isUnsafe(one, levels - 1));
  for (const key in value) {
    const inner = (value as Record<string, unknown>)[key];
    // JSON.parse makes it a key of the object's own, so it is met here.
    if (key === '__proto__' || (typeof inner === 'object' && isUnsafe(inner, levels - 1))) return true;
  }
  return false;
}
