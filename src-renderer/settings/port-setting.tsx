import { useId, useState, type KeyboardEvent, type SyntheticEvent } from 'react';
import { useWords } from '../state/use-words.ts';
import { portProblem, readPort } from './port.ts';

interface PortSettingProps {
  readonly port: number;
  /** The environment's word is final. */
  readonly prescribed: number | null;
  readonly onChange: (port: number, field: Element) => void;
}

/** The port the browser comes back to: kept when it can be used, on leaving the field or on Enter. */
export function PortSetting({ port, prescribed, onChange }: PortSettingProps) {
  const words = useWords().settings.signIn;
  const id = useId();
  /** What is typed and not kept; `null` while the field shows what is so. */
  const [draft, setDraft] = useState<string | null>(null);
  const [hasFinished, setHasFinished] = useState(false);
  if (prescribed !== null) {
    return (
      <div className="setting">
        <p className="setting-row">
          <span>{words.port}</span>
          <span className="address prescribed-port">{prescribed}</span>
        </p>
        <p className="hint">{words.portPrescribed}</p>
      </div>
    );
  }
  const problem = draft === null ? null : portProblem(draft, hasFinished);
  const finish = ({ currentTarget }: SyntheticEvent) => {
    if (draft === null) return;
    const typed = readPort(draft);
    setHasFinished(true);
    if (typed === null) return;
    setDraft(null);
    if (typed !== port) onChange(typed, currentTarget);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') finish(event);
  };
  return (
    <div className="setting">
      <div className="setting-row">
        <label htmlFor={id}>{words.port}</label>
        <input
          id={id}
          className="field field-port"
          type="text"
          inputMode="numeric"
          autoComplete="off"
          aria-describedby={`${id}-hint ${id}-problem`}
          aria-invalid={problem !== null}
          value={draft ?? String(port)}
          onChange={({ target }) => {
            setDraft(target.value);
            setHasFinished(hasFinished && problem !== null);
          }}
          onBlur={finish}
          onKeyDown={onKeyDown}
        />
      </div>
      <p className="field-problem" id={`${id}-problem`} role="status">
        {problem !== null && words.portProblems[problem]}
      </p>
      <p className="hint" id={`${id}-hint`}>
        {words.portHint}
      </p>
    </div>
  );
}
