import { useId } from 'react';
import { LANGUAGES, type Language, type LanguageChoice } from '../../src-main/domain/language.ts';
import { wordsFor } from '../../src-main/words/words.ts';
import { useWords } from '../state/use-words.ts';

interface LanguageSettingProps {
  readonly chosen: LanguageChoice;
  readonly ofSystem: Language;
  readonly onChange: (language: LanguageChoice) => void;
}

/** Each language goes by its own name: whoever cannot read the present one finds theirs. */
export function LanguageSetting({ chosen, ofSystem, onChange }: LanguageSettingProps) {
  const { settings } = useWords();
  const id = useId();
  const options = [
    { value: 'system', lang: undefined, name: settings.languageOfSystem(wordsFor(ofSystem).name) },
    ...LANGUAGES.map((value) => ({ value, lang: value, name: wordsFor(value).name })),
  ] as const;
  return (
    <div className="setting setting-row">
      <label htmlFor={id}>{settings.language}</label>
      <select
        id={id}
        className="field field-choice"
        value={chosen}
        onChange={({ target }) => {
          const option = options.find(({ value }) => value === target.value);
          if (option !== undefined) onChange(option.value);
        }}
      >
        {options.map(({ value, lang, name }) => (
          <option key={value} value={value} lang={lang}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
