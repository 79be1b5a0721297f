import { useState } from 'react';
import type { Failure } from '../../src-main/domain/failure.ts';
import { describeCrux } from '../../src-main/words/failure-words.ts';
import { Button } from '../controls/button.tsx';
import { useMoment } from '../state/use-moment.ts';
import { useWords } from '../state/use-words.ts';

interface SaveAgainProps {
  /** What stands in the way: with it goes all this. */
  readonly failure: Failure;
  readonly look: 'primary' | undefined;
  readonly save: () => Promise<void>;
}

/** "Save again", which says for a while that it was tried, and what still stands in the way. */
export function SaveAgain({ failure, look, save }: SaveAgainProps) {
  const words = useWords();
  const [isTrying, setIsTrying] = useState(false);
  const [tries, setTries] = useState(0);
  const [isJustNow, tell] = useMoment(10);
  const press = async () => {
    setIsTrying(true);
    try {
      await save();
    } finally {
      setIsTrying(false);
      setTries((count) => count + 1);
      tell();
    }
  };
  return (
    <>
      <Button look={look} busy={isTrying} onPress={press}>
        {words.help['save-again']}
      </Button>
      <p className="tried" role="status">
        {/* A new element each time, so that the same is read out once more. */}
        {isJustNow && <span key={tries}>{words.window.triedAgain(describeCrux(words, failure))}</span>}
      </p>
    </>
  );
}
