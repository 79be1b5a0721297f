import { Button } from '../controls/button.tsx';
import { useWords } from '../state/use-words.ts';
import type { Told } from './use-choices.ts';

/** Under what was changed: that it is saved, and the way back. */
export function Outcome({ told: { outcome, count, undo } }: { readonly told: Told }) {
  const words = useWords().settings;
  return (
    <p className="outcome">
      <span role="status">
        <span key={count}>{outcome !== null && words[outcome]}</span>
      </span>
      {outcome === 'saved' && (
        <Button look="link" onPress={undo}>
          {words.undo}
        </Button>
      )}
    </p>
  );
}
