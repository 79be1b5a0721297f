import type { Language } from '../domain/language.ts';
import { languageOf, type Snapshot } from '../domain/snapshot.ts';
import type { Catalogue } from './catalogue.ts';
import { de } from './de/index.ts';
import { serving as servingDe } from './de/serving.ts';
import { en } from './en/index.ts';
import { serving as servingEn, type ServingTexts } from './en/serving.ts';
import { Format } from './format.ts';
import { ja } from './ja/index.ts';
import { keepWhole } from './ja/keep-whole.ts';
import { serving as servingJa } from './ja/serving.ts';
import { typeset } from './typeset.ts';

/** What a language says, and how it writes numbers and times. */
export interface Words extends Catalogue {
  readonly format: Format;
}

/** The same with what only the window and the tray say. */
export interface FaceWords extends Words {
  readonly serving: ServingTexts;
}

const SERVING: Readonly<Record<Language, ServingTexts>> = { en: servingEn, de: servingDe, ja: servingJa };

const CATALOGUES: Readonly<Record<Language, Catalogue>> = { en, de, ja };

/** What a language does with its texts where they are set in lines. */
const IN_LINES: Readonly<Partial<Record<Language, (text: string) => string>>> = { ja: keepWhole };

const made = new Map<string, FaceWords>();

/** `home`: the folder that paths are told from, as `~`; without it they are told whole. */
export function wordsFor(language: Language, home: string | null = null): FaceWords {
  return remembered(`${language} ${home ?? ''}`, () => {
    const catalogue = CATALOGUES[language];
    return { ...catalogue, serving: SERVING[language], format: new Format(catalogue, home) };
  });
}

/** In the language that the person chose, or their system. */
export function wordsOf(snapshot: Pick<Snapshot, 'settings' | 'surroundings'>): FaceWords {
  return wordsFor(languageOf(snapshot), snapshot.surroundings.home);
}

/** The same for the window, whose lines break by themselves. */
export function windowWordsOf(snapshot: Pick<Snapshot, 'settings' | 'surroundings'>): FaceWords {
  const language = languageOf(snapshot);
  const words = wordsOf(snapshot);
  const set = IN_LINES[language];
  if (set === undefined) return words;
  return remembered(`${language} in lines ${snapshot.surroundings.home}`, () => {
    const { format, ...texts } = words;
    return { ...typeset(texts, set), format };
  });
}

function remembered(key: string, make: () => FaceWords): FaceWords {
  const words = made.get(key) ?? make();
  made.set(key, words);
  return words;
}
