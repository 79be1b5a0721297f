import type { Account } from '../../src-main/domain/snapshot.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { Button } from '../controls/button.tsx';
import { useWords } from '../state/use-words.ts';
import { helpCommand } from '../trouble/help-command.ts';
import type { AccountAction } from './account-actions.ts';

interface ActionButtonsProps {
  readonly account: Account;
  readonly actions: readonly AccountAction[];
  readonly commands: Commands;
}

/** What helps an account, in sight however long the rest of it is. */
export function ActionFooter(props: ActionButtonsProps) {
  if (props.actions.length === 0) return null;
  return (
    <div className="actions">
      <ActionButtons {...props} />
    </div>
  );
}

/** The same side by side, wherever they stand. */
export function ActionButtons({ account, actions, commands }: ActionButtonsProps) {
  const words = useWords();
  return actions.map(({ kind, label, look }) => (
    <Button
      key={kind}
      look={look}
      busy={kind === 'refresh' && account.refreshing}
      onPress={helpCommand(kind, commands, account.id)}
    >
      {kind === 'refresh' && account.refreshing ? words.window.renewing : words.help[label]}
    </Button>
  ));
}
