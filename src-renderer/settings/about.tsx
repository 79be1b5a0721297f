import type { Instant } from '../../src-main/domain/instant.ts';
import type { Snapshot } from '../../src-main/domain/snapshot.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { ReportProblem } from '../trouble/report-problem.tsx';
import { useWords } from '../state/use-words.ts';
import { LICENCE_TEXTS, LICENCES } from './licences.ts';
import { UpdatesSetting } from './updates-setting.tsx';
import type { useChoices } from './use-choices.ts';

/** From package.json, as it was built. */
declare const __VERSION__: string;

interface AboutProps {
  readonly snapshot: Snapshot;
  readonly now: Instant;
  readonly choices: ReturnType<typeof useChoices>;
  readonly commands: Commands;
}

/** What this is, what it is made of, and where to say that something is wrong with it. */
export function About({ snapshot, now, choices, commands }: AboutProps) {
  const words = useWords();
  const { about } = words.settings;
  return (
    <section className="card settings about" aria-label={about.title}>
      <p className="label">{about.title}</p>
      <p className="setting-row">
        <span>Latchkey</span>
        <span className="hint">
          {about.version(__VERSION__)}
          {words.conventions.comma}
          {words.updates.packages[snapshot.surroundings.packageKind]}
        </span>
      </p>
      <UpdatesSetting snapshot={snapshot} now={now} choices={choices} commands={commands} />
      <div className="about-report">
        <ReportProblem commands={commands} />
      </div>
      <details className="licences">
        <summary>{about.licences}</summary>
        <p className="hint">{about.contains}</p>
        <ul lang="en">
          {LICENCES.map(({ name, version, licence, copyright }) => (
            <li key={name}>
              <span className="licence-name">
                {name} {version}
              </span>{' '}
              {licence}
              <span className="hint">{copyright.join(' ')}</span>
            </li>
          ))}
        </ul>
        {Object.entries(LICENCE_TEXTS).map(([licence, text]) => (
          <p key={licence} lang="en" className="hint">
            <span className="licence-name">{licence}.</span> {text}
          </p>
        ))}
        <p className="hint">{about.beside}</p>
      </details>
    </section>
  );
}
