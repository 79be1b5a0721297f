import type { ReactNode } from 'react';
import type { Account } from '../../src-main/domain/snapshot.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { IconButton } from '../controls/icon-button.tsx';
import { useMoment } from '../state/use-moment.ts';
import { useWords } from '../state/use-words.ts';

interface TokenButtonsProps {
  readonly account: Account;
  readonly mayRefresh: boolean;
  readonly mayCopy: boolean;
  readonly commands: Commands;
}

/** What can be done about the token, as pictures beside its clock; `null` where nothing can. */
export function tokenButtons(props: TokenButtonsProps): ReactNode {
  return props.mayRefresh || props.mayCopy ? <TokenButtons {...props} /> : null;
}

function TokenButtons({ account, mayRefresh, mayCopy, commands }: TokenButtonsProps) {
  const words = useWords();
  const [isCopied, tell] = useMoment(5);
  const copy = async () => {
    await commands.copyAccessToken(account.id);
    tell();
  };
  return (
    <>
      {mayRefresh && (
        <IconButton
          icon="renew"
          label={account.refreshing ? words.window.renewing : words.help['refresh-now']}
          busy={account.refreshing}
          onPress={() => commands.refresh(account.id)}
        />
      )}
      {mayCopy && (
        <IconButton icon={isCopied ? 'done' : 'copy'} label={words.window.copyAccessToken} onPress={copy} />
      )}
      <span className="copied" role="status">
        {isCopied ? words.window.accessTokenCopied : ''}
      </span>
    </>
  );
}
