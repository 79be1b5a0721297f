/** The languages that there is a whole catalogue of words in (`words/`). */
export const LANGUAGES = ['en', 'de', 'ja'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What a person chooses: one of them, or what their system prefers. */
export const LANGUAGE_CHOICES = ['system', ...LANGUAGES] as const;
export type LanguageChoice = (typeof LANGUAGE_CHOICES)[number];

/**
 * The first of the preferred languages that there are words in, English where there is none.
 *
 * @param preferred language tags (BCP 47), the most wanted first
 */
export function languageFor(preferred: readonly string[]): Language {
  const known = preferred
    .map((tag) => tag.toLowerCase().split(/[-_]/)[0])
    .flatMap((primary) => LANGUAGES.filter((language) => language === primary));
  return known[0] ?? 'en';
}
