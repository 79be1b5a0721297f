import assert from 'node:assert/strict';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { until } from '../support/desktop/until.ts';
import { PRACTICE_KEYS } from '../support/practice/models-endpoint.ts';
import { button, HANDS } from './hands.ts';
import { captureThemes, clipboardOf, headline, openWindow, startProduct, type Product } from './product.ts';

const KEY = PRACTICE_KEYS.good;
const text = (product: Product) => readFile(product.configFile, 'utf8');
const written = (product: Product, key: string) =>
  until(`${key.slice(0, 22)} in the file`, async () =>
    (await text(product).catch(() => '')).includes(`api_key: ${key}\n`) ? true : undefined,
  );

for (const hand of HANDS) {
  test(`by ${hand.name}: an API key is set, tested, copied, replaced, removed and brought back`, async () => {
    await using product = await startProduct();
    const page = await openWindow(product);
    await hand.press(button(page, 'Use an API key instead'));
    const field = page.getByLabel('API key', { exact: true });
    await hand.write(field, `sk-ant-oat01-${'a'.repeat(95)}`);
    await page.getByText(/access token of a sign-in/).waitFor();
    // Escape leaves the form, and not the window.
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Not signed in' }).waitFor();

    await hand.press(button(page, 'Use an API key instead'));
    await hand.press(button(page, 'Create a key in the console'));
    assert.equal(await product.urls.next(), 'https://console.anthropic.com/settings/keys');
    await hand.write(field, ` ${KEY}\n`);
    await hand.press(button(page, 'Save'));
    await page.getByText(/Claude takes it/).waitFor();
    await written(product, KEY);
    assert.equal((await stat(product.configFile)).mode & 0o777, 0o600);
    await headline(product, /^API key sk-ant-api03-…good$/);
    await captureThemes(page, `api-key-${hand.name}`);

    await hand.press(button(page, 'Copy'));
    await page.getByText(/leaves the clipboard after a minute/).waitFor();
    assert.equal(await clipboardOf(product), KEY);
    assert.ok(!(await page.content()).includes(KEY.slice(20, -4)), 'the page sees no more than the mask');

    await hand.press(button(page, 'Replace'));
    await hand.write(field, PRACTICE_KEYS.nocredit);
    await page.keyboard.press('Enter');
    await page.getByText(/Tested .*: no credit left/).waitFor();
    await written(product, PRACTICE_KEYS.nocredit);
    await headline(product, /· No credit left$/);
    product.server.setMood({
      endpoint: 'models',
      behaviour: { kind: 'answer', status: 200, body: { data: [] } },
      times: 1,
    });
    await hand.press(button(page, 'Test'));
    await page.getByText(/Claude takes it/).waitFor();

    await hand.press(button(page, 'Remove'));
    await page.getByText('Removed from the config file.').waitFor();
    assert.match(await text(product), /api_key:\n/);
    await hand.press(button(page, 'Undo'));
    await written(product, PRACTICE_KEYS.nocredit);
    await page.getByText(/Claude takes it/).waitFor();
    await hand.press(button(page, 'Remove'));
    await page.getByText('Removed from the config file.').waitFor();
    await page.getByRole('heading', { name: 'Not signed in' }).waitFor({ timeout: 20_000 });
    await headline(product, /^Signed out$/);
  });
}

for (const hand of HANDS) {
  test(`by ${hand.name}: an API key is moved into the keychain, used from there, removed, and moved back`, async () => {
    await using product = await startProduct();
    await mkdir(dirname(product.configFile), { recursive: true });
    await writeFile(product.configFile, `providers:\n  anthropic:\n    api_key: ${KEY}\n`, { mode: 0o600 });
    const page = await openWindow(product);
    await hand.press(button(page, 'Where it is kept…'));
    await hand.choose(page.getByRole('radio', { name: 'In the keychain only' }));
    await page.getByText('In the system keychain, and in no file').waitFor();
    assert.doesNotMatch(await text(product), /sk-ant/);
    await captureThemes(page, `api-key-storage-${hand.name}`);
    await hand.press(button(page, 'Done'));
    await page.getByRole('radio').waitFor({ state: 'detached' });
    await headline(product, /^API key sk-ant-api03-…good$/);

    await hand.press(button(page, 'Test'));
    await page.getByText(/Claude takes it/).waitFor();
    await hand.press(button(page, 'Copy'));
    await page.getByText(/leaves the clipboard after a minute/).waitFor();
    assert.equal(await clipboardOf(product), KEY);
    await hand.press(button(page, 'Remove'));
    await page.getByText('Removed from the keychain.').waitFor();
    await hand.press(button(page, 'Undo'));
    await page.getByText('In the system keychain, and in no file').waitFor();

    await hand.press(button(page, 'Where it is kept…'));
    await hand.choose(page.getByRole('radio', { name: 'In the config file' }));
    await written(product, KEY);
    await page.getByText('In the system keychain, and in no file').waitFor({ state: 'detached' });
    await page.getByText(/Claude takes it/).waitFor();
  });
}

test('what another program fills in is left alone until the person says otherwise', async () => {
  await using product = await startProduct();
  await mkdir(dirname(product.configFile), { recursive: true });
  const config = 'providers:\n  anthropic:\n    api_key: ${ANTHROPIC_API_KEY} # ours\n';
  await writeFile(product.configFile, config, { mode: 0o600 });
  const page = await openWindow(product);
  await page.getByText('${ANTHROPIC_API_KEY}', { exact: true }).waitFor();
  await button(page, 'Use an API key').click();
  await page.getByLabel('API key', { exact: true }).fill(KEY);
  await button(page, 'Save').click();
  await page.getByText(/Put yours there instead/).waitFor();
  assert.equal(await text(product), config);
  await button(page, 'Replace it').click();
  await page.getByText(/Claude takes it/).waitFor();
  assert.equal(await text(product), config.replace('${ANTHROPIC_API_KEY}', KEY));
});
