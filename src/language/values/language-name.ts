const displayNames = new Map<string, Intl.DisplayNames>();

/** The name of a language (BCP 47) in another one, as Intl has it ("eesti", "igauņu", "Estonian"); an unknown tag comes back as it is. */
export function languageName(tag: string, language: string): string {
  let names = displayNames.get(language);
  if (!names) {
    names = new Intl.DisplayNames(language, { type: 'language' });
    displayNames.set(language, names);
  }
  return names.of(tag) ?? tag;
}
