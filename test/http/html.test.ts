import fc from 'fast-check';
import { expect, test } from 'vitest';
import { html, jsonBlock } from '../../src/http/html.ts';

test('values are escaped, markup is not, absent parts are left out', () => {
  const inner = html`<b>${'<i>"&\''}</b>`;
  expect(html`<p title="${'"x"'}">${inner}${undefined}${[inner]}${3}</p>`.markup).toBe(
    '<p title="&quot;x&quot;"><b>&lt;i&gt;&quot;&amp;&#39;</b><b>&lt;i&gt;&quot;&amp;&#39;</b>3</p>',
  );
});

test('no value can end a block of data, and it reads back the same', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.constant('</script><script>'), fc.constant('<!--')), (value) => {
      const [, content = ''] = /^<script[^>]*>(.*)<\/script>$/s.exec(jsonBlock('a', 'n', { value }).markup) ?? [];
      expect(content).not.toContain('<');
      expect(JSON.parse(content)).toEqual({ value });
    }),
  );
});
