/** What was not as promised: counted by kind, the first few of each with what was seen. */
export interface Problems {
  add(kind: string, detail?: unknown): void;
  count(): number;
  lines(): string[];
}

const shown = 5;

export function createProblems(): Problems {
  const found = new Map<string, { count: number; details: string[] }>();
  return {
    add(kind, detail = '') {
      const entry = found.get(kind) ?? { count: 0, details: [] };
      entry.count += 1;
      if (entry.details.length < shown) entry.details.push(textOf(detail));
      found.set(kind, entry);
    },
    count: () => [...found.values()].reduce((sum, { count }) => sum + count, 0),
    lines: () =>
      [...found].flatMap(([kind, { count, details }]) => [`${count} × ${kind}`, ...details.map((d) => `    ${d}`)]),
  };
}

const textOf = (detail: unknown) =>
  (detail instanceof Error
    ? (detail.stack ?? detail.message)
    : typeof detail === 'string'
      ? detail
      : JSON.stringify(detail)
  ).slice(0, 600);
