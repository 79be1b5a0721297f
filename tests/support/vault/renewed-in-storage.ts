import type { Vault } from '../../../src-main/vault/vault.ts';

/** The n-th pair of tokens; as long as real ones: what is shorter is a placeholder, which nobody renews. */
export const tokens = (n: number) => ({
  accessToken: `access-of-a-login-that-moves-${n}`,
  refreshToken: `refresh-of-a-login-that-moves-${n}`,
});

/** Stores what a refresh would bring: the next pair of tokens. */
export async function renewedInStorage(vault: Vault, count: number): Promise<void> {
  await vault.exclusively(async () => {
    const { account } = await vault.find('default');
    const sent = account?.credential;
    if (sent?.refreshToken == null) throw new Error('what renews it is not at hand');
    const room = await vault.takeRoom('default', sent);
    const [, last = '0'] = /-(\d+)$/.exec(sent.refreshToken) ?? [];
    const next = Math.max(Number(last), count) + 1;
    const credential = { ...sent, ...tokens(next) };
    await vault.store({ credential, sent, at: Date.now(), change: (record) => record }, room);
  });
}
