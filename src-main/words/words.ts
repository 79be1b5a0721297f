import type { Language } from '../domain/language.ts';
import { languageOf, type Snapshot } from '../domain/snapshot.ts';
import type { Catalogue } from './catalogue.ts';
import { de } from './de/index.ts';
import { en } from './en/index.ts';
import { Format } from './format.ts';
import { ja } from './ja/index.ts';

/** What a language says, and how it writes numbers and times. */
export interface Words extends Catalogue {
  readonly format: Format;
}

const withFormat = (catalogue: Catalogue): Words => ({ ...catalogue, format: new Format(catalogue) });

const WORDS: Readonly<Record<Language, Words>> = {
  en: withFormat(en),
  de: withFormat(de),
  ja: withFormat(ja),
};

export function wordsFor(language: Language): Words {
  return WORDS[language];
}

/** In the language that the person chose, or their system. */
export function wordsOf(snapshot: Pick<Snapshot, 'settings' | 'surroundings'>): Words {
  return wordsFor(languageOf(snapshot));
}
