import { useWords } from '../state/use-words.ts';

/** "‹ Settings": the way back is where the page says what it is, and stays in sight. */
export function SettingsHead({ onLeave }: { readonly onLeave: () => void }) {
  const { back, title } = useWords().settings;
  return (
    <div className="settings-head">
      <button type="button" className="settings-back" aria-label={back} onClick={onLeave}>
        <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
          <path d="m10 3-5 5 5 5" />
        </svg>
      </button>
      <h1>{title}</h1>
    </div>
  );
}
