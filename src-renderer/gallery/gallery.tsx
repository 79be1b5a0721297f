import { useEffect, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { Face, type Commands } from '../face.tsx';
import '../styles/index.css';
import './gallery.css';
import { act } from './act.ts';
import { NOW, STATES, type State } from './snapshots.ts';

const nothing = () => Promise.resolve();

const commands: Commands = {
  signIn: nothing,
  acknowledgeTerms: nothing,
  refresh: nothing,
  putBack: nothing,
  signOut: nothing,
  copyAccessToken: nothing,
  copyDiagnostics: nothing,
  pasteCodeInstead: nothing,
  submitCode: nothing,
  changeSettings: nothing,
  setStartAtLogin: nothing,
  cancelSignIn: nothing,
  dismissSignIn: nothing,
  copyAuthorizationUrl: nothing,
  openBrowserAgain: nothing,
  saveAgain: nothing,
  restrictConfigFile: nothing,
  showConfigFile: nothing,
  openLink: nothing,
  hideWindow: nothing,
};

/** One state alone (`?state=…&theme=…`), as the window shows it, or all of them in both themes. */
function Gallery({ state, theme }: { readonly state: string | null; readonly theme: string | null }) {
  const one = STATES.find(([name]) => name === state);
  if (one !== undefined) return <Shown state={one} />;
  const themes = theme === null ? ['light', 'dark'] : [theme];
  return (
    <div className="gallery">
      {STATES.map((each) => (
        <figure key={each[0]} data-state={each[0]}>
          <figcaption>{each[0]}</figcaption>
          {themes.map((name) => (
            <div key={name} className="frame" data-theme={name}>
              <Shown state={each} />
            </div>
          ))}
        </figure>
      ))}
    </div>
  );
}

function Shown({ state: [, given, ...acts] }: { readonly state: State }) {
  const place = useRef<HTMLDivElement>(null);
  const [snapshot, setSnapshot] = useState(given);
  const [isReady, setIsReady] = useState(false);
  // The gallery's own list: the same for as long as the page is open.
  const done = useRef(acts);
  useEffect(() => {
    const run = async () => {
      for (const each of done.current) if (place.current !== null) await act(each, place.current);
      setIsReady(true);
    };
    void run();
  }, []);
  return (
    <div ref={place} className="shown" data-ready={isReady}>
      <Face
        snapshot={snapshot}
        now={NOW}
        commands={{
          ...commands,
          changeSettings: (settings) => {
            setSnapshot({ ...snapshot, settings });
            return nothing();
          },
          setStartAtLogin: (startAtLogin) => {
            setSnapshot({ ...snapshot, startAtLogin });
            return nothing();
          },
        }}
      />
    </div>
  );
}

const asked = new URLSearchParams(location.search);
const theme = asked.get('theme');
if (theme !== null) document.documentElement.dataset['theme'] = theme;
const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(<Gallery state={asked.get('state')} theme={theme} />);
