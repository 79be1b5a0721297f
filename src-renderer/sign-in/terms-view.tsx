import type { Commands } from '../../src-preload/contract.ts';
import { Button } from '../controls/button.tsx';
import { useWords } from '../state/use-words.ts';

interface TermsViewProps {
  readonly commands: Commands;
  /** Gives the sign-in up, and shows where an API key is pasted. */
  readonly onUseKey: () => void;
}

/** `facts.md` section 2, said once before the first sign-in with Anthropic itself. */
export function TermsView({ commands, onUseKey }: TermsViewProps) {
  const { terms } = useWords().signIn;
  const { whose, say, risk, supported } = terms;
  return (
    <>
      <h1>{terms.title}</h1>
      <p className="lead">{terms.lead}</p>
      <ul className="terms">
        <li>
          <strong>{supported.heading}</strong>
          {supported.text}
          <Button look="link" onPress={onUseKey}>
            {supported.link}
          </Button>
        </li>
        <li>
          <strong>{whose.heading}</strong>
          {whose.text}
        </li>
        <li>
          <strong>{say.heading}</strong>
          {say.text}
          <Button look="link" onPress={() => commands.openLink('terms')}>
            {say.link}
          </Button>
        </li>
        <li>
          <strong>{risk.heading}</strong>
          {risk.text}
        </li>
      </ul>
      <div className="actions">
        <Button onPress={() => commands.cancelSignIn()}>{terms.notNow}</Button>
        <Button look="primary" onPress={() => commands.acknowledgeTerms()}>
          {terms.understood}
        </Button>
      </div>
    </>
  );
}
