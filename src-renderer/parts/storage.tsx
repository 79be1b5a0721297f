import type { Account } from '../../src-main/domain/snapshot.ts';
import type { Commands } from '../face.tsx';
import { storageWords } from '../storage-words.ts';
import { Button } from './button.tsx';

interface StorageProps {
  readonly account: Account;
  readonly configFile: string;
  /** A trouble on the same page offers "Save again" already. */
  readonly savingOffered: boolean;
  readonly commands: Commands;
}

/** Where the tokens are kept, with the way there. */
export function Storage({ account, configFile, savingOffered, commands }: StorageProps) {
  return (
    <div className="storage">
      <div className="storage-words">
        <span className="label">Tokens are kept in</span>
        <span className="address">{storageWords(account, configFile)}</span>
      </div>
      {account.storedIn === 'config-file' && (
        <Button look="link" onPress={() => commands.showConfigFile()}>
          Show file
        </Button>
      )}
      {account.storedIn === 'rescue' && !savingOffered && (
        <Button look="link" onPress={() => commands.saveAgain()}>
          Save again
        </Button>
      )}
    </div>
  );
}
