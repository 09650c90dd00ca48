import { expect, test } from 'vitest';
import { htmlProblems } from './check-html.ts';

const page = (body: string) =>
  `<!doctype html>\n<html lang="et"><head><title>x</title></head><body><h1>y</h1>${body}</body></html>`;

test.each([
  ['<p>fine <img src="a" alt=""></p>', []],
  ['<p>open', ['</body> closes <p>', '</html> closes <body>', 'not closed: html']],
  ['<p id="a"></p><p id="a"></p>', ['id a twice']],
  ['<img src="a">', ['img without alt']],
  ['<button onclick="x()">b</button>', ['<button> has inline code']],
  ['<a href="#away">b</a>', ['#away leads nowhere']],
  ['A & B', ['bare &']],
])('the check itself finds what it looks for: %s', (body, problems) => {
  expect(htmlProblems(page(body))).toEqual(problems);
});
