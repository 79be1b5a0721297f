import { DEFAULT_CREDENTIAL_ID } from '../../src-main/domain/credential.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { Button } from '../controls/button.tsx';
import { useWords } from '../state/use-words.ts';

interface SignInOfferProps {
  readonly commands: Commands;
  /** Shows where an API key is pasted. */
  readonly onUseKey: () => void;
}

/** The foot of a page for whoever is not signed in: the two ways in. */
export function SignInOffer({ commands, onUseKey }: SignInOfferProps) {
  const words = useWords();
  return (
    <div className="actions">
      <Button look="quiet" onPress={onUseKey}>
        {words.apiKey.instead}
      </Button>
      <Button look="primary" onPress={() => commands.signIn(DEFAULT_CREDENTIAL_ID)}>
        {words.help['sign-in']}
      </Button>
    </div>
  );
}
