import type { Language } from '../domain/language.ts';
import { callbackPage as de } from './de/callback-page.ts';
import { callbackPage as en } from './en/callback-page.ts';
import { callbackPage as ja } from './ja/callback-page.ts';

/**
 * What the browser shows at last. By itself, since the command has it in all languages and everything else in English
 * alone: with the catalogues of the others it would be a third larger.
 */
export const CALLBACK_PAGES: Readonly<Record<Language, typeof en>> = { en, de, ja };
