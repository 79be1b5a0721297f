import { createContext, use } from 'react';
import { wordsFor, type FaceWords } from '../../src-main/words/words.ts';

/** The language that the window speaks: `Face` sets it from the snapshot. */
export const WordsContext = createContext<FaceWords>(wordsFor('en'));

export function useWords(): FaceWords {
  return use(WordsContext);
}
