import { Fragment } from 'react';
import type { Surroundings as Facts } from '../../src-main/domain/snapshot.ts';
import { describeSurroundings } from '../../src-main/words/surroundings-words.ts';
import { useWords } from '../state/use-words.ts';

/** One slim line of what is out of the ordinary, each explained when opened. */
export function Surroundings({ surroundings }: { readonly surroundings: Facts }) {
  const words = useWords();
  const circumstances = describeSurroundings(words, surroundings);
  if (circumstances.length === 0) return null;
  return (
    <details className="surroundings">
      <summary>
        {circumstances.map(({ short }, index) => (
          <Fragment key={short}>
            {index > 0 && ' '}
            <span className="circumstance">
              {short}
              {index < circumstances.length - 1 && ' ·'}
            </span>
          </Fragment>
        ))}
      </summary>
      <ul>
        {circumstances.map(({ short, explanation }) => (
          <li key={short}>
            <strong>{words.conventions.sentence(short)}</strong>
            {words.conventions.between}
            {explanation}
          </li>
        ))}
      </ul>
    </details>
  );
}
