import type { ApiKey } from '../../src-main/domain/api-key.ts';
import { isWithoutKeychain } from '../../src-main/domain/failure.ts';
import type { Snapshot } from '../../src-main/domain/snapshot.ts';
import { KEY_STORAGES } from '../../src-main/domain/storage.ts';
import { describeBeside } from '../../src-main/words/api-key-words.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { Button } from '../controls/button.tsx';
import { WithPaths } from '../controls/path.tsx';
import { WhereKept } from '../controls/where-kept.tsx';
import { useWords } from '../state/use-words.ts';

interface KeyPlaceProps {
  readonly apiKey: ApiKey;
  readonly commands: Commands;
}

/** Where the key lies, where that is not as usual. */
export function KeyPlace({ apiKey: { own, storage, beside }, commands }: KeyPlaceProps) {
  const words = useWords();
  const told = words.apiKey.storage;
  return (
    <>
      {own !== null && storage === 'keychain' && <p className="hint">{told.keychain}</p>}
      {beside !== null && (
        <p className="hint">
          <WithPaths text={describeBeside(words, beside)} />{' '}
          <Button look="link" onPress={() => commands.removeApiKey('keychain')}>
            {told.removeBeside}
          </Button>
        </p>
      )}
    </>
  );
}

interface KeyPlaceQuestionProps {
  readonly snapshot: Snapshot;
  readonly commands: Commands;
  readonly onLeave: () => void;
}

/** Where it is to lie, and what that means for the programs that read the file. */
export function KeyPlaceQuestion({ snapshot, commands, onLeave }: KeyPlaceQuestionProps) {
  const words = useWords();
  const { question, ways } = words.apiKey.storage;
  const { keychainTrouble } = snapshot;
  return (
    <WhereKept
      question={question}
      storages={KEY_STORAGES}
      ways={ways}
      chosen={snapshot.apiKey.storage}
      missing={
        keychainTrouble !== null && isWithoutKeychain(keychainTrouble)
          ? words.keychainObstacles[keychainTrouble.reason]
          : null
      }
      onChange={(wanted) => void commands.moveApiKey(wanted)}
      onLeave={onLeave}
    />
  );
}
