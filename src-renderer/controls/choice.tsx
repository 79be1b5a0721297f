import { useId, type ReactNode } from 'react';
import { WithPaths } from './path.tsx';

interface ChoiceProps<T extends string> {
  readonly legend: ReactNode;
  readonly hint?: string;
  /** It makes no difference now; the hint says why. */
  readonly disabled?: boolean;
  /** `segments`: short words side by side; `lines`: one under the other. */
  readonly look: 'segments' | 'lines';
  readonly options: readonly (readonly [value: T, words: ReactNode])[];
  readonly chosen: T;
  readonly onChange: (value: T) => void;
}

/** One of a few, taken at once. */
export function Choice<T extends string>({
  legend,
  hint,
  disabled,
  look,
  options,
  chosen,
  onChange,
}: ChoiceProps<T>) {
  const id = useId();
  return (
    <fieldset
      className="setting"
      disabled={disabled}
      aria-describedby={hint === undefined ? undefined : `${id}-hint`}
    >
      <legend>{legend}</legend>
      {hint !== undefined && (
        <p className="hint" id={`${id}-hint`}>
          <WithPaths text={hint} />
        </p>
      )}
      <div className={look}>
        {options.map(([value, words]) => (
          <label key={value}>
            <input
              type="radio"
              name={id}
              value={value}
              checked={value === chosen}
              onChange={() => onChange(value)}
            />
            <span>{words}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
