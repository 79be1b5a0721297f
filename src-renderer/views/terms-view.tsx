import type { Commands } from '../face.tsx';
import { Button } from '../parts/button.tsx';

/** `facts.md` section 2, said once before the first sign-in with Anthropic itself. */
export function TermsView({ commands }: { readonly commands: Commands }) {
  return (
    <>
      <h1>Before you sign in</h1>
      <p className="lead">Four things to know, said once.</p>
      <ul className="terms">
        <li>
          <strong>Whose sign-in this is.</strong> It uses Claude Code’s public client id; Latchkey has none of
          its own.
        </li>
        <li>
          <strong>What the terms say.</strong> Anthropic does not permit third-party developers to offer
          Claude.ai login in their own applications; such tokens are for Claude Code.{' '}
          <Button look="link" onPress={() => commands.openLink('terms')}>
            Read the terms
          </Button>
        </li>
        <li>
          <strong>Whose risk it is.</strong> The account holder’s: yours. People have lost features over this.
        </li>
        <li>
          <strong>What is supported.</strong> API keys, from console.anthropic.com.{' '}
          <Button look="link" onPress={() => commands.openLink('api-keys')}>
            Use an API key instead
          </Button>
        </li>
      </ul>
      <div className="actions">
        <Button onPress={() => commands.cancelSignIn()}>Not now</Button>
        <Button look="primary" onPress={() => commands.acknowledgeTerms()}>
          I understand
        </Button>
      </div>
    </>
  );
}
