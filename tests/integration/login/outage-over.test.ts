import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { FailureError } from '../../../src-main/domain/failure.ts';
import { HOUR, MINUTE } from '../../../src-main/domain/instant.ts';
import { signedIn } from '../../support/login/signed-in.ts';
import { directNetwork } from '../../support/network/direct.ts';

/** A server with the command alone, which a script asks for a token every five minutes. */
async function server(t: TestContext) {
  const stage = await signedIn(t);
  await stage.login.stop();
  const network = { isUp: true, takesConnections: true, requests: 0 };
  const token = async () => {
    const command = await stage.open({
      isReachable: () => Promise.resolve(network.takesConnections),
      fetch: (url, init) => {
        if (network.isUp) return directNetwork.fetch(url, init);
        network.requests += 1;
        return Promise.reject(
          new FailureError({ code: 'network-down', host: url.host, reason: 'ENOTFOUND' }),
        );
      },
    });
    await command.catchUp();
    const given = await command.accessToken('default', MINUTE).catch(() => null);
    await command.stop();
    return given;
  };
  const askFor = async (hours: number) => {
    for (let minutes = 0; minutes < hours * 60; minutes += 5) {
      stage.clock.advance(5 * MINUTE);
      assert.equal(await token(), null);
    }
  };
  stage.clock.advance(8 * HOUR);
  return { network, token, askFor, clock: stage.clock };
}

test('the network was away for hours, and is back: the next command renews, and nobody waits for the next planned try', async (t) => {
  const { network, token, askFor, clock } = await server(t);
  network.isUp = network.takesConnections = false;
  await askFor(4);
  network.isUp = network.takesConnections = true;
  clock.advance(5 * MINUTE);
  assert.notEqual(await token(), null);
});

test('behind what takes connections and lets no request through commands ask ever more seldom', async (t) => {
  const { network, askFor } = await server(t);
  network.isUp = false;
  await askFor(8);
  assert.ok(network.requests < 20, `${network.requests} requests`);
});
