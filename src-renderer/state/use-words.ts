import { createContext, use } from 'react';
import { wordsFor, type Words } from '../../src-main/words/words.ts';

/** The language that the window speaks: `Face` sets it from the snapshot. */
export const WordsContext = createContext<Words>(wordsFor('en'));

export function useWords(): Words {
  return use(WordsContext);
}
