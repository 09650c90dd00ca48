import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadBrowserModule } from './load.ts';

const { styleOptions } = await loadBrowserModule('look.js');
const css = (name: string) =>
  readFileSync(new URL(`../../../../src/channels/web/browser/${name}`, import.meta.url), 'utf8');

/** WCAG 2.2: 1 for the same colour, 21 for black on white. */
function contrast(one: string, other: string): number {
  const luminance = (colour: string) => {
    const [, hex = ''] = /^#([0-9a-f]{6})$/i.exec(colour.replace(/^#(.)(.)(.)$/, '#$1$1$2$2$3$3')) ?? [];
    const [r = 0, g = 0, b = 0] = [0, 2, 4].map((at) => {
      const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** The custom properties of the light and the dark look. */
function palettes(name: string): Record<string, string>[] {
  return [...css(name).matchAll(/:(?:root|host) \{([^}]*--[^}]*)\}/g)].map(([, block = '']) =>
    Object.fromEntries([...block.matchAll(/--([\w-]+):\s*(#\w+)/g)].map(([, key = '', value = '']) => [key, value])),
  );
}

describe.each([
  ['light', false],
  ['dark', true],
])('the %s look', (_, isDark) => {
  const look = styleOptions(isDark);
  test.each([
    ['bubbleTextColor', 'bubbleBackground'],
    ['bubbleFromUserTextColor', 'bubbleFromUserBackground'],
    ['sendBoxTextColor', 'sendBoxBackground'],
    ['sendBoxPlaceholderColor', 'sendBoxBackground'],
    ['suggestedActionTextColor', 'suggestedActionBackgroundColor'],
    ['suggestedActionTextColor', 'suggestedActionBackgroundColorOnHover'],
    ['timestampColor', 'backgroundColor'],
    ['transcriptOverlayButtonColor', 'transcriptOverlayButtonBackground'],
    ['toastErrorColor', 'toastErrorBackgroundColor'],
    ['accent', 'bubbleBackground'],
  ])('%s can be read on %s', (text, ground) => {
    expect(contrast(look[text], look[ground])).toBeGreaterThanOrEqual(4.5);
  });

  test.each(['frame.css', 'page.css', 'widget.css'])('so can the words of %s', (name) => {
    const [light = {}, dark = {}] = palettes(name);
    const colours = isDark ? { ...light, ...dark } : light;
    const grounds = ['paper', 'ground', 'soft', 'hover'].flatMap((key) => colours[key] ?? []);
    for (const ground of grounds) {
      for (const text of ['ink', 'quiet']) {
        if (colours[text]) expect(contrast(colours[text], ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
      }
    }
    expect(contrast(colours['on-accent'] ?? '', colours.accent ?? '')).toBeGreaterThanOrEqual(4.5);
  });

  test('is the same in Web Chat as in the frame around it', () => {
    const [light = {}, dark = {}] = palettes('frame.css');
    const colours = isDark ? { ...light, ...dark } : light;
    expect(look).toMatchObject({
      backgroundColor: colours.paper,
      bubbleTextColor: colours.ink,
      bubbleBackground: colours.soft,
      subtle: colours.quiet,
      accent: colours.accent,
      suggestedActionBackgroundColorOnHover: colours.hover,
    });
  });
});
