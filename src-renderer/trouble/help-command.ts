import type { HelpKind } from '../../src-main/domain/help.ts';
import type { Commands } from '../../src-preload/contract.ts';

/** The command behind a failure's helping action. @param accountId `null`: of one account more, which only signs in */
export function helpCommand(
  kind: HelpKind,
  commands: Commands,
  accountId: string | null,
): () => Promise<void> {
  const ofAccount = (command: (id: string) => Promise<void>) => async () => {
    if (accountId !== null) await command(accountId);
  };
  switch (kind) {
    case 'sign-in':
      return () => commands.signIn(accountId);
    case 'refresh':
      return ofAccount(commands.refresh);
    case 'put-back':
      return ofAccount(commands.putBack);
    case 'copy-url':
      return () => commands.copyAuthorizationUrl();
    case 'save-again':
      return () => commands.saveAgain();
    case 'restrict-config-file':
      return () => commands.restrictConfigFile();
    case 'write-expiry':
      return ofAccount(commands.writeExpiry);
    case 'take-over':
      return () => commands.takeOverOlderBlock();
    case 'keep-one':
      return ofAccount(commands.keepOne);
    case 'unlock':
      return () => commands.askKeychain();
    case 'unlock-key':
      // A test asks for it, and tells whether it was of any use.
      return () => commands.testApiKey();
    case 'paste-code':
      return () => commands.signInWithCode(accountId);
    case 'exclude-from-git':
      return () => commands.excludeFromGit();
    case 'show-file':
      return () => commands.showConfigFile();
    case 'open-api-keys':
      return () => commands.openLink('api-keys');
    case 'open-claude-settings':
      return () => commands.openLink('claude-settings');
  }
}
