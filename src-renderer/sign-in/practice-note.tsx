import type { Surroundings } from '../../src-main/domain/snapshot.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { useWords } from '../state/use-words.ts';
import { TryPractice } from './try-practice.tsx';

interface PracticeNoteProps {
  readonly surroundings: Surroundings;
  readonly commands: Commands;
}

/** That this is practice, or that there is one to try. */
export function PracticeNote({ surroundings, commands }: PracticeNoteProps) {
  const { welcome } = useWords().window;
  if (surroundings.practice) return <p className="welcome-practice small-print">{welcome.practice}</p>;
  return surroundings.offersPractice && <TryPractice commands={commands} />;
}
