import { useId, type ReactNode } from 'react';

interface SwitchProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

/** A choice between on and off, taken at once. */
export function Switch({ label, hint, isOn, onChange }: SwitchProps) {
  const id = useId();
  return (
    <div className="setting">
      <label className="setting-row">
        <span>{label}</span>
        <input
          type="checkbox"
          role="switch"
          className="switch"
          aria-describedby={hint === undefined ? undefined : id}
          checked={isOn}
          onChange={({ target }) => onChange(target.checked)}
        />
      </label>
      {hint !== undefined && (
        <p className="hint" id={id}>
          {hint}
        </p>
      )}
    </div>
  );
}
