import type { Surroundings as Facts } from '../../src-main/domain/snapshot.ts';
import { describeSurroundings } from '../../src-main/words/surroundings-words.ts';
import { WithPaths } from '../controls/path.tsx';
import { useWords } from '../state/use-words.ts';

/** One chip for all that is out of the ordinary, each explained when opened; in practice it is one that nobody misses. */
export function Surroundings({ surroundings }: { readonly surroundings: Facts }) {
  const words = useWords();
  const circumstances = describeSurroundings(words, surroundings);
  if (circumstances.length === 0) return null;
  const { testSetup, circumstances: told } = words.window;
  return (
    <details className="surroundings">
      {surroundings.practice ? (
        <summary className="chip chip-practice">{told.practice.short}</summary>
      ) : (
        <summary className="chip">{testSetup}</summary>
      )}
      <ul>
        {circumstances.map(({ short, explanation }) => (
          <li key={short}>
            <strong>{words.conventions.sentence(short)}</strong>
            {words.conventions.between}
            <WithPaths text={explanation} />
          </li>
        ))}
      </ul>
    </details>
  );
}
