import type { Detail } from './intents.ts';
import type { Match } from './lexicon.ts';
import { coveredBy } from './rules.ts';

/**
 * One way of asking for a detail: of every group of `all` one token must be there, of `not` none; with `whole` the
 * message may hold nothing but those tokens. The tokens' forms are data, in `locales/<lng>/synonyms.json`.
 */
type DetailRule = { detail: Detail; all: string[][]; not?: string[]; whole?: string[] };

const ELSEWHERE = ['printer', 'repair', 'order', 'bankcar', 'device', 'detail.elsewhere'];
const MAIL = ['email', 'letter'];
const SMALL_WORDS = ['filler', 'common', 'detail.where', 'detail.send'];
const NOT_OF_A_PASSWORD = ['password', 'reset', 'letter', 'email', 'detail.linkverb'];

/** In order: what went wrong comes before what is asked for, as it needs the other answer. */
const RULES: DetailRule[] = [
  { detail: 'refusal', all: [['detail.refused'], ['detail.application', 'detail.canon']], not: [...ELSEWHERE, 'card'] },
  { detail: 'moneyProblem', all: [['detail.overdue']], not: ELSEWHERE },
  { detail: 'moneyProblem', all: [['detail.deadline'], ['detail.passed']], not: ELSEWHERE },
  {
    detail: 'moneyProblem',
    all: [['detail.taken'], ['card', 'money', 'pay', 'detail.me']],
    not: [...ELSEWHERE, 'when'],
  },
  { detail: 'moneyProblem', all: [['detail.payment'], ['detail.failed']], not: ELSEWHERE },
  { detail: 'noPasswordMail', all: [['password'], MAIL, ['not'], ['detail.come']], not: ELSEWHERE },
  { detail: 'noPasswordMail', all: [MAIL, ['detail.notcome']], not: [...ELSEWHERE, 'detail.othermail'] },
  { detail: 'noPasswordMail', all: [MAIL, ['not'], ['detail.come']], not: [...ELSEWHERE, 'detail.othermail'] },
  { detail: 'passwordFails', all: [['detail.lockedout']], not: ELSEWHERE },
  {
    detail: 'passwordFails',
    all: [['password'], ['detail.wrong']],
    not: [...ELSEWHERE, 'link', 'cameratech', 'letter'],
  },
  { detail: 'faq', all: [['detail.faq']] },
  {
    detail: 'everyProductPoints',
    all: [['detail.everyproduct'], ['point'], ['detail.give']],
    not: ['missing', 'zero', 'migrate', 'detail.didnot'],
  },
  {
    detail: 'usableAtOnce',
    all: [['detail.use'], ['detail.atonce']],
    not: [...ELSEWHERE, 'password', 'product', 'account', 'card', 'method'],
  },
  { detail: 'contact', all: [['detail.contact']], not: ELSEWHERE },
  { detail: 'contact', all: [['phone', 'contact'], ['support']], not: ELSEWHERE },
  { detail: 'contact', all: [['email'], ['support']], not: [...ELSEWHERE, 'password', 'old'] },
  { detail: 'contact', all: [['phone'], ['detail.send']], not: [...ELSEWHERE, 'old'] },
  { detail: 'contact', all: [['detail.noreply'], ['detail.write']] },
  { detail: 'contact', all: [['phone']], whole: ['phone', 'number', 'contact', ...SMALL_WORDS] },
  { detail: 'price', all: [['detail.price']], not: [...ELSEWHERE, 'product'] },
  {
    detail: 'price',
    all: [['detail.howmuch'], ['detail.costs', 'fee', 'surcharge', 'detail.membership']],
    not: [...ELSEWHERE, 'product', 'point', 'howlong', 'when', 'day'],
  },
  { detail: 'price', all: [['detail.benefit']], not: [...ELSEWHERE, 'product'] },
  { detail: 'price', all: [['detail.countries']], not: [...ELSEWHERE, 'product', 'bought', 'dealer'] },
  { detail: 'link', all: [['link'], ['detail.where', 'detail.send']], not: [...ELSEWHERE, ...NOT_OF_A_PASSWORD] },
  { detail: 'link', all: [['link']], not: NOT_OF_A_PASSWORD, whole: ['link', 'form', 'account', ...SMALL_WORDS] },
  { detail: 'applied', all: [['detail.applied']], not: [...ELSEWHERE, 'detail.notyet'] },
  { detail: 'applied', all: [['detail.application'], ['detail.sent']], not: [...ELSEWHERE, 'detail.notyet'] },
];

const tokensWithin = (group: readonly string[], tokens: ReadonlySet<string>): boolean =>
  group.some((token) => tokens.has(token));

/** What exactly a message asks or reports, whatever its intent; `matches` are those of one language. */
export function detailOf(words: readonly string[], matches: readonly Match[]): Detail | undefined {
  const tokens = new Set(matches.map((match) => match.token));
  return RULES.find(
    ({ all, not = [], whole }) =>
      all.every((group) => tokensWithin(group, tokens)) &&
      !tokensWithin(not, tokens) &&
      (!whole || coveredBy(words, matches, (token) => whole.includes(token))),
  )?.detail;
}
