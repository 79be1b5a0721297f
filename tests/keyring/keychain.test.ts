import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import {
  closeDialogue,
  isPasswordAskedFor,
  lockKeyring,
  showDialoguesHere,
  typePassword,
} from '../support/desktop/keyring.ts';
import { captureScreen } from '../support/desktop/screen.ts';
import { until } from '../support/desktop/until.ts';
import { approve } from '../support/practice/approve.ts';
import { button } from '../e2e/hands.ts';
import { captureThemes, headline, openWindow, recordOf, startProduct, type Product } from '../e2e/product.ts';

const text = ({ configFile }: Product) => readFile(configFile, 'utf8');
const accessToken = async (product: Product) => /access_token: (\S+)/.exec(await text(product))?.[1];
const isAsked = () =>
  until('the password dialogue', async () => ((await isPasswordAskedFor()) ? true : undefined), 60_000);
/** Longer than any of our calls takes. */
const A_WHILE = 8_000;

/** Signed in, with what renews it in the keychain alone. */
async function signIn(product: Product): Promise<Page> {
  await (await product.app.tray()).clickMenuItem('Sign in with Claude');
  await approve(await product.urls.next());
  await headline(product, /^Signed in as ada@example\.org/);
  const page = await openWindow(product);
  await button(page, 'Done').click();
  await button(page, /^More/).click();
  await button(page, 'Where it is kept…').click();
  await page.getByRole('radio', { name: /Only the token/ }).click();
  await page.getByRole('radio', { name: /Only the token/, checked: true }).waitFor();
  await button(page, 'Done').click();
  assert.doesNotMatch(await text(product), /sk-ant-ort01/);
  return page;
}

test('a locked keyring is asked once, and what it has is renewed once it is open', async () => {
  await showDialoguesHere();
  await using product = await startProduct({ accessTokenSeconds: 30 });
  const page = await signIn(product);
  const first = await accessToken(product);
  await lockKeyring();
  const sent = product.server.tokenRequestsBegun;

  // The token is about to end: the system asks for the password.
  await isAsked();
  await button(page, 'Ask the keychain').waitFor();
  captureScreen('keychain-dialogue');
  await captureThemes(page, 'keychain-locked');

  await closeDialogue();
  await sleep(A_WHILE);
  assert.equal(await isPasswordAskedFor(), false, 'who has put it away is not asked again');
  assert.equal(product.server.tokenRequestsBegun, sent, 'nothing is sent meanwhile');
  assert.equal(await accessToken(product), first);
  await button(page, 'Ask the keychain').waitFor();

  await button(page, 'Ask the keychain').click();
  await isAsked();
  // Until somebody answers, however long that takes.
  await sleep(A_WHILE);
  await typePassword();
  await until('another access token', async () => {
    const token = await accessToken(product);
    return token !== undefined && token !== first ? true : undefined;
  });
  await headline(product, /^Signed in as ada@example\.org · Until /);
  await button(page, 'Ask the keychain').waitFor({ state: 'hidden' });
  await captureThemes(page, 'keychain-unlocked');
  assert.doesNotMatch(await text(product), /sk-ant-ort01/);
  const kinds = (await recordOf('default', product.dataDir))?.history.map(({ kind }) => kind);
  assert.equal(kinds?.at(-1), 'refreshed');
  assert.equal(kinds.filter((kind) => kind === 'signed-in').length, 1);
});

test('an app that starts over a locked keyring waits for it, and goes on by itself', async () => {
  await showDialoguesHere();
  let folder: string;
  {
    await using before = await startProduct();
    await signIn(before);
    folder = join(before.dataDir, '..');
  }
  await lockKeyring();
  await using product = await startProduct({ folder });
  await isAsked();
  const page = await openWindow(product);
  await button(page, 'Ask the keychain').waitFor();
  await page.getByText('Your sign-in').waitFor({ state: 'hidden' });
  await captureThemes(page, 'keychain-locked-at-start');
  await typePassword();
  await headline(product, /^Signed in as ada@example\.org · Until [^·]*$/);
  await button(page, 'Ask the keychain').waitFor({ state: 'hidden' });
});
