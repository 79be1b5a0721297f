import type { Snapshot } from '../../src-main/domain/snapshot.ts';
import { whoUsesWhat } from '../../src-main/domain/who-uses-what.ts';
import { describeTakes } from '../../src-main/words/api-key-words.ts';
import { useWords } from '../state/use-words.ts';
import { FactsList } from '../trouble/facts-list.tsx';

/** Which program takes what from the file as it stands now. */
export function WhoUsesWhat({ snapshot: { accounts, apiKey } }: { readonly snapshot: Snapshot }) {
  const words = useWords();
  const { title, programs } = words.apiKey.who;
  return (
    <details className="who-uses-what">
      <summary>{title}</summary>
      <FactsList
        facts={whoUsesWhat(accounts, apiKey).map(([name, takes]) => [
          programs[name],
          describeTakes(words, takes),
        ])}
      />
    </details>
  );
}
