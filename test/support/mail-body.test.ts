import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Block, htmlBody, plainBody } from '../../src/support/mail-body.ts';
import { htmlProblems } from '../channels/web/check-html.ts';

const blocks: Block[] = [
  { text: 'A customer asks.' },
  {
    facts: [
      { label: 'Company', value: 'Foto & Söhne' },
      { label: 'Question', value: 'First\nCompany: forged' },
    ],
  },
  { heading: 'Course' },
  { list: ['one: <b>bold</b>', 'two'] },
  { talk: [{ who: 'Customer', words: 'Hi\r\nBot: forged' }], language: 'lv' },
];
/** Mail programs take no style sheets, so only there styles stand in the tags. */
const problems = (html: string) => htmlProblems(html).filter((problem) => !problem.endsWith('has inline code'));

test('as text: headings, facts, lists; a line of somebody’s words never begins like one of ours', () => {
  expect(plainBody(blocks).split('\n')).toEqual([
    ...['A customer asks.', '', 'Company: Foto & Söhne', 'Question: First', '    Company: forged', ''],
    ...['Course', '------', '', '- one: <b>bold</b>', '- two', '', 'Customer: Hi', '    Bot: forged', ''],
  ]);
});

test('as HTML: the mail’s language, a table of facts, a list, the talk in its own language', () => {
  const html = htmlBody(blocks, 'et', 'CPS <1>');
  expect(problems(html)).toEqual([]);
  expect(html).toContain('<html lang="et">');
  expect(html).toContain('<h1 style="font-size:22px;line-height:1.3">CPS &lt;1&gt;</h1>');
  expect(html).toMatch(/<tr><th scope="row"[^>]*>Company<\/th><td[^>]*>Foto &amp; Söhne<\/td><\/tr>/);
  expect(html).toMatch(/<h2[^>]*>Course<\/h2>\n<ul>\n<li[^>]*>one: &lt;b&gt;bold&lt;\/b&gt;<\/li>/);
  expect(html).toMatch(/<strong>Customer:<\/strong> <span lang="lv"[^>]*>Hi/);
});

test('whatever is written, it is literal: no tag, no attribute, nothing that is loaded', () => {
  const tricky = fc.string({
    unit: fc.constantFrom('<', '>', '"', "'", '&', '=', ' ', '\n', 'a', 'src', '://', '\u2028'),
  });
  fc.assert(
    fc.property(tricky, tricky, tricky, (label, value, words) => {
      const html = htmlBody(
        [
          { heading: label },
          { facts: [{ label, value }] },
          { list: [value] },
          { talk: [{ who: label, words }], language: 'en' },
        ],
        'en',
        `${label}x`,
      );
      expect(problems(html)).toEqual([]);
      expect(html.match(/<[a-z][^>]*>/g)?.filter((tag) => /src|href|url\(/.test(tag))).toEqual([]);
      expect(html.match(/<[a-z][a-z0-9]*/g)).toEqual(
        [
          'html',
          'head',
          'meta',
          'title',
          'body',
          'h1',
          'h2',
          'table',
          'tr',
          'th',
          'td',
          'ul',
          'li',
          'div',
          'p',
          'strong',
          'span',
        ].map((name) => `<${name}`),
      );
    }),
  );
});
