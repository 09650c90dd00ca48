/**
 * The language of a page: `?lang=`, else the best of Accept-Language (RFC 9110, 12.5.4), else the first one available.
 * @param available primary tags, such as `et`; tags with more parts (`et-EE`) are matched by their first
 */
export function chooseLanguage(
  wanted: { query?: string | null; acceptLanguage?: string | undefined },
  available: readonly string[],
): string {
  const known = (tag: string) => {
    const primary = tag.trim().toLowerCase().split(/[-_]/, 1)[0];
    return available.find((language) => language === primary);
  };
  const accepted = (wanted.acceptLanguage ?? '')
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.split(';');
      const q = parameters.map((parameter) => /^\s*q\s*=\s*([\d.]+)\s*$/i.exec(parameter)?.[1]).find(Boolean);
      return { language: known(tag), weight: q === undefined ? 1 : Number(q) };
    })
    .filter(({ language, weight }) => language && weight > 0)
    .sort((a, b) => b.weight - a.weight);
  return known(wanted.query ?? '') ?? accepted[0]?.language ?? available[0] ?? 'en';
}
