import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { isKeyRefused } from '../../src-main/domain/api-key.ts';
import { LANGUAGES, type Language } from '../../src-main/domain/language.ts';
import type { Snapshot } from '../../src-main/domain/snapshot.ts';
import { describeSnapshot } from '../../src-main/words/tray-tooltip-words.ts';
import { windowWordsOf } from '../../src-main/words/words.ts';
import { CrashedView } from '../shell/crashed-view.tsx';
import { Face } from '../shell/face.tsx';
import { viewOf } from '../shell/view.ts';
import { NO_COMMANDS } from '../state/no-commands.ts';
import '../styles.css';
import './gallery.css';
import { act } from './act.ts';
import { losses } from './losses.ts';
import { CRASHED, NOW, STATES, type State } from './snapshots.ts';

interface GalleryProps {
  readonly state: string | null;
  readonly theme: string | null;
  readonly language: Language;
}

/** One state alone (`?state=…&theme=…&language=…`), as the window shows it, or all of them in both themes. */
function Gallery({ state, theme, language }: GalleryProps) {
  const one = STATES.find(([name]) => name === state);
  if (one !== undefined) return <Shown state={one} language={language} />;
  const themes = theme === null ? ['light', 'dark'] : [theme];
  return (
    <div className="gallery">
      {STATES.map((each) => (
        <figure key={each[0]} data-state={each[0]}>
          <figcaption>{each[0]}</figcaption>
          {themes.map((name) => (
            <div key={name} className="frame" data-theme={name}>
              <Shown state={each} language={language} />
            </div>
          ))}
        </figure>
      ))}
    </div>
  );
}

function Shown({
  state: [name, given, ...acts],
  language,
}: {
  readonly state: State;
  readonly language: Language;
}) {
  const place = useRef<HTMLDivElement>(null);
  const [snapshot, setSnapshot] = useState(() => speaking(language, given));
  const [isReady, setIsReady] = useState(false);
  // The gallery's own list: the same for as long as the page is open.
  const done = useRef(acts);
  const words = useRef(windowWordsOf(snapshot));
  useEffect(() => {
    const run = async () => {
      for (const each of done.current)
        if (place.current !== null) await act(each, words.current, place.current);
      setIsReady(true);
    };
    void run();
  }, []);
  return (
    <div ref={place} className="shown" data-ready={isReady} data-fits={acts.length === 0 && isHealthy(given)}>
      {name === CRASHED ? (
        <CrashedView snapshot={snapshot} commands={NO_COMMANDS} />
      ) : (
        <Face
          snapshot={snapshot}
          now={NOW}
          commands={{
            ...NO_COMMANDS,
            changeSettings: (settings) => {
              setSnapshot({ ...snapshot, settings });
              return Promise.resolve();
            },
            setCommandOnPath: (isOn) => {
              const { commandOnPath } = snapshot;
              setSnapshot({ ...snapshot, commandOnPath: commandOnPath && { ...commandOnPath, isOn } });
              return Promise.resolve();
            },
            setStartAtLogin: (startAtLogin) => {
              setSnapshot({ ...snapshot, startAtLogin });
              return Promise.resolve();
            },
          }}
        />
      )}
    </div>
  );
}

/** A state that shows accounts, and asks nothing of anyone. */
function isHealthy(snapshot: Snapshot): boolean {
  const isWell = describeSnapshot(snapshot, NOW).icon === 'valid' && !isKeyRefused(snapshot.apiKey);
  const isAsked = (snapshot.serving?.questions.length ?? 0) > 0;
  return !isAsked && viewOf(snapshot, false).name === 'account' && isWell;
}

/** The same state for someone whose system speaks this language. */
function speaking(systemLanguage: Language, snapshot: Snapshot): Snapshot {
  return { ...snapshot, surroundings: { ...snapshot.surroundings, systemLanguage } };
}

declare global {
  interface Window {
    /** For whoever drives the gallery by program. */
    losses: typeof losses;
    show: typeof show;
    /** What `show` takes for a state. */
    states: readonly string[];
  }
}
window.losses = losses;
window.show = show;
window.states = STATES.map(([name]) => name);

const place = document.getElementById('root');
if (place === null) throw new Error('gallery.html has no #root');
const root = createRoot(place);
show(location.search);

/** Draws what an address asks for, in the place of what is there. */
function show(query: string): void {
  const asked = new URLSearchParams(query);
  const theme = asked.get('theme');
  if (theme === null) delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  const language = LANGUAGES.find((each) => each === asked.get('language')) ?? 'en';
  flushSync(() => {
    root.render(<Gallery key={query} state={asked.get('state')} theme={theme} language={language} />);
  });
  scrollTo(0, 0);
}
