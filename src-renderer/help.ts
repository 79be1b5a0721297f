import type { HelpKind } from '../src-main/domain/help.ts';
import type { Commands } from './face.tsx';

/** The command behind a failure's helping action. */
export function helpCommand(kind: HelpKind, commands: Commands, accountId: string): () => Promise<void> {
  switch (kind) {
    case 'sign-in':
      return () => commands.signIn(accountId);
    case 'refresh':
      return () => commands.refresh(accountId);
    case 'put-back':
      return () => commands.putBack(accountId);
    case 'copy-url':
      return () => commands.copyAuthorizationUrl();
    case 'save-again':
      return () => commands.saveAgain();
    case 'restrict-config-file':
      return () => commands.restrictConfigFile();
    case 'open-api-keys':
      return () => commands.openLink('api-keys');
    case 'open-claude-settings':
      return () => commands.openLink('claude-settings');
  }
}
