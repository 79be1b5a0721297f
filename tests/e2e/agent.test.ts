import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { ask } from '../support/agent/ask.ts';
import { clickNotification, waitForNotification } from '../support/desktop/notifications.ts';
import { until } from '../support/desktop/until.ts';
import { approve } from '../support/practice/approve.ts';
import { button, HANDS, type Hand } from './hands.ts';
import { captureThemes, clipboardOf, openWindow, startProduct } from './product.ts';

for (const hand of HANDS) {
  test(`by ${hand.name}: tokens are served when asked for, asked about, paused and ended`, async () => {
    await using product = await startProduct();
    const page = await openWindow(product);
    await hand.press(button(page, 'Sign in with Claude'));
    await approve(await product.urls.next());
    await hand.press(button(page, 'Done'));
    const path = join(product.dataDir, 'agent', 'agent.sock');
    await assert.rejects(ask(path, '/v1/token'), 'off until asked for');

    await hand.press(button(page, 'Settings'));
    const toggle = (name: string) => page.getByRole('switch', { name });
    await hand.press(toggle('Serve tokens to programs on this computer'));
    await hand.press(button(page, 'Copy'));
    await page.getByText('Copied.').waitFor();
    assert.equal(await clipboardOf(product), path);
    const { status, body } = await ask(path, '/v1/token');
    assert.equal(status, 200);
    assert.match(String(body['access_token']), /^sk-ant-oat01-/);
    await page.getByText(/^Token handed to node, /).waitFor();
    await captureThemes(page, `agent-settings-${hand.name}`);

    await hand.press(toggle('Ask me each time'));
    await page.getByRole('switch', { name: 'Ask me each time', checked: true }).waitFor();
    await answered(path, hand, 'Once', 200, page);
    await answered(path, hand, 'No', 503, page);

    const tray = await product.app.tray();
    await tray.clickMenuItem('Pause serving tokens');
    await page.getByText('Paused: no program gets a token.').waitFor();
    await assert.rejects(ask(path, '/v1/token'));
    await hand.press(button(page, 'Resume'));
    await until('the socket', async () => (await ask(path, '/v1/status')).status === 200 || undefined);
    await hand.press(toggle('Serve tokens to programs on this computer'));
    await until('the socket to be gone', () =>
      ask(path, '/v1/status').then(
        () => undefined,
        () => true,
      ),
    );
  });
}

async function answered(
  path: string,
  hand: Hand,
  word: string,
  status: number,
  page: Awaited<ReturnType<typeof openWindow>>,
): Promise<void> {
  const asked = ask(path, '/v1/token');
  await waitForNotification();
  await clickNotification();
  const card = page.getByRole('alert').filter({ hasText: 'May node have a token?' });
  await card.waitFor();
  await hand.press(card.getByRole('button', { name: word, exact: true }));
  assert.equal((await asked).status, status);
  await card.waitFor({ state: 'detached' });
}
