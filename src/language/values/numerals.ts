/** A number as somebody wrote it in digits. `start` and `end` are its place in the text. */
export interface Numeral {
  kind: 'whole' | 'notWhole' | 'invalid';
  value: number;
  /** The sign before the last three digits may have meant a decimal point ("2.500"), or the blank two numbers ("300 700"). */
  assumed: boolean;
  start: number;
  end: number;
}

/** `start` and `end` are given by the caller. */
type Reading = Pick<Numeral, 'kind' | 'value' | 'assumed'>;

const whole = (digits: string, assumed: boolean): Reading => ({ kind: 'whole', value: Number(digits), assumed });
const notWhole: Reading = { kind: 'notWhole', value: Number.NaN, assumed: false };
const invalid: Reading = { kind: 'invalid', value: Number.NaN, assumed: false };

function isGrouped(groups: readonly string[]): boolean {
  const [first = '', ...others] = groups;
  return first.length <= 3 && others.every((group) => group.length === 3);
}

/** One run of digits with `.`, `,` or `'` in it (decisions.md D, "Inputs"). */
function read(run: string): Reading {
  const groups = run.split(/[ '.,]/);
  const signs = [...run.replace(/\d/g, '')];
  const last = signs.at(-1);
  if (last === undefined) return whole(run, false);
  if (signs.every((sign) => sign === last)) {
    if (last === '.' || last === ',') {
      if (signs.length > 1) return isGrouped(groups) ? whole(groups.join(''), false) : invalid;
      // "0.500" can only be a fraction, "2.500" is taken as 2500 and said so
      return isGrouped(groups) && groups[0] !== '0' ? whole(groups.join(''), true) : notWhole;
    }
    return isGrouped(groups) ? whole(groups.join(''), last === ' ' && groups[0]?.length === 3) : invalid;
  }
  const grouped = signs.slice(0, -1).every((sign) => sign === signs[0] && sign !== last);
  return grouped && last !== ' ' && last !== "'" && isGrouped(groups.slice(0, -1)) ? notWhole : invalid;
}

/** Every number in digits, from left to right, in a text that is NFKC, with plain blanks and apostrophes. */
export function findNumerals(text: string): Numeral[] {
  const found: Numeral[] = [];
  for (const { 0: run, index } of text.matchAll(/\d+(?:[ '.,]\d+)*/g)) {
    const reading = read(run);
    if (reading.kind !== 'invalid' || !run.includes(' ')) {
      found.push({ ...reading, start: index, end: index + run.length });
      continue;
    }
    // The blanks group nothing, so they part numbers: "300 70" are two.
    for (const part of run.matchAll(/[^ ]+/g)) {
      const start = index + part.index;
      found.push({ ...read(part[0]), start, end: start + part[0].length });
    }
  }
  return found;
}
