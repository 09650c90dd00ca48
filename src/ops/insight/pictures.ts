/** Pictures as SVG that stands in the page: no script, no styles of their own, words for those who do not see them. */
import { html, type Markup } from '../../http/html.ts';

/** Beside the numbers of a row, so it is for the eye only. */
export function bar({ length, part, says }: { length: number; part: number; says: string }): Markup {
  const [whole, stopped] = [length, part].map((share) => Math.round(share * 1000)) as [number, number];
  return html`<svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true"><title>${says}</title><rect class="went" width="${whole - stopped}" height="10"/><rect class="stopped" x="${whole - stopped}" width="${stopped}" height="10"/></svg>`;
}

function picture(id: string, title: string, desc: string, height: number, content: readonly Markup[]): Markup {
  return html`<svg class="picture" viewBox="0 0 320 ${height}" role="img" aria-labelledby="${id}-title ${id}-desc"><title id="${id}-title">${title}</title><desc id="${id}-desc">${desc}</desc>${content}</svg>\n`;
}

/** Minutes; an axis on which each mark is much further than the one before, as hands and nights differ so much. */
const ticks = [1, 60, 1440, 7 * 1440];

export function waitsPicture(
  title: string,
  waits: readonly { label: string; median: number; p90: number }[],
  duration: (minutes: number) => string,
): Markup {
  const longest = Math.max(ticks.at(-1)!, ...waits.map(({ p90 }) => p90));
  const x = (minutes: number) => Math.round(10 + (300 * Math.log(Math.max(1, minutes))) / Math.log(longest));
  const bottom = waits.length * 42;
  const desc = waits.map((one) => `${one.label}: ${duration(one.median)} – ${duration(one.p90)}`).join('; ');
  const axis = ticks.map((minutes) => {
    const [at, anchor] = [x(minutes), minutes === 1 ? 'start' : x(minutes) > 290 ? 'end' : 'middle'];
    return html`<line class="grid" x1="${at}" x2="${at}" y1="0" y2="${bottom}"/><text class="tick" x="${at}" y="${bottom + 16}" text-anchor="${anchor}">${duration(minutes)}</text>`;
  });
  const rows = waits.map(({ label, median, p90 }, at) => {
    const y = at * 42 + 30;
    return html`<text x="14" y="${y - 12}">${label}</text><line class="span" x1="${x(median)}" x2="${x(p90)}" y1="${y}" y2="${y}"/><circle class="dot" cx="${x(median)}" cy="${y}" r="5"/>`;
  });
  return picture('waits', title, desc, bottom + 24, [...axis, ...rows]);
}

export function weeksPicture(title: string, weeks: readonly { label: string; whole: number; part: number }[]): Markup {
  const most = Math.max(1, ...weeks.map(({ whole }) => whole));
  const step = 300 / Math.max(1, weeks.length);
  const width = Math.min(40, step * 0.7);
  const high = (count: number) => Math.round((count / most) * 110);
  const desc = weeks.map(({ label, whole, part }) => `${label}: ${whole}, ${part}`).join('; ');
  const columns = weeks.map(({ whole, part }, at) => {
    const x = (10 + step * at + (step - width) / 2).toFixed(1);
    const [all, stopped] = [high(whole), high(part)];
    return html`<rect class="went" x="${x}" y="${120 - all}" width="${width.toFixed(1)}" height="${all - stopped}"/><rect class="stopped" x="${x}" y="${120 - stopped}" width="${width.toFixed(1)}" height="${stopped}"/>`;
  });
  const ends = weeks.length > 1 ? [weeks[0]!, weeks.at(-1)!] : weeks;
  const labels = ends.map(
    ({ label }, at) =>
      html`<text class="tick" x="${at === 0 ? 10 : 310}" y="136" text-anchor="${at === 0 ? 'start' : 'end'}">${label}</text>`,
  );
  return picture('weeks', title, desc, 142, [...columns, ...labels]);
}
