import { useId } from 'react';
import { useQuestion } from '../state/use-question.ts';
import { useWords } from '../state/use-words.ts';
import { Button } from './button.tsx';
import { Choice } from './choice.tsx';
import { WithPaths } from './path.tsx';

interface WhereKeptProps<T extends string> {
  readonly question: string;
  readonly storages: readonly T[];
  readonly ways: Readonly<Record<T, readonly [name: string, forWhom: string]>>;
  readonly chosen: T;
  /** Why there is nowhere else to keep it, where that is so. */
  readonly missing: string | null;
  readonly onChange: (wanted: T) => void;
  readonly onLeave: () => void;
}

/** Where a secret is kept: taken at once, and shown as it is by the next snapshot. */
export function WhereKept<T extends string>({
  question,
  storages,
  ways,
  chosen,
  missing,
  onChange,
  onLeave,
}: WhereKeptProps<T>) {
  const { storage } = useWords().account;
  const titleId = useId();
  const { harmless, onKeyDown } = useQuestion(onLeave);

  return (
    <section className="card where-kept" aria-labelledby={titleId} onKeyDown={onKeyDown}>
      <Choice
        look="lines"
        legend={<span id={titleId}>{question}</span>}
        disabled={missing !== null}
        {...(missing !== null && { hint: missing })}
        options={storages.map((each) => {
          const [name, forWhom] = ways[each];
          return [
            each,
            <>
              {name}
              <small className="hint">
                <WithPaths text={forWhom} />
              </small>
            </>,
          ] as const;
        })}
        chosen={chosen}
        onChange={onChange}
      />
      <Button ref={harmless} onPress={onLeave}>
        {storage.done}
      </Button>
    </section>
  );
}
