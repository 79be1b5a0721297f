import { createRoot } from 'react-dom/client';
import { Face, type Commands } from '../face.tsx';
import '../styles/index.css';
import './gallery.css';
import { NOW, STATES } from './snapshots.ts';

const nothing = () => Promise.resolve();

const commands: Commands = {
  signIn: nothing,
  acknowledgeTerms: nothing,
  refresh: nothing,
  putBack: nothing,
  signOut: nothing,
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
  if (one !== undefined) return <Face snapshot={one[1]} now={NOW} commands={commands} />;
  const themes = theme === null ? ['light', 'dark'] : [theme];
  return (
    <div className="gallery">
      {STATES.map(([name, snapshot]) => (
        <figure key={name}>
          <figcaption>{name}</figcaption>
          {themes.map((each) => (
            <div key={each} className="frame" data-theme={each}>
              <Face snapshot={snapshot} now={NOW} commands={commands} />
            </div>
          ))}
        </figure>
      ))}
    </div>
  );
}

const asked = new URLSearchParams(location.search);
const theme = asked.get('theme');
if (theme !== null) document.documentElement.dataset['theme'] = theme;
const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(<Gallery state={asked.get('state')} theme={theme} />);
