import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { UpdateTrouble } from '../../../src-main/domain/updates.ts';
import { putInPlace } from '../../../src-main/updates/safe-app-image-updater.ts';
import { troubleOf } from '../../../src-main/updates/update-error.ts';
import { installed } from '../../support/updates/engine.ts';
import { CHANNEL, digestOf, ReleaseKey, ReleaseServer } from '../../support/updates/release-server.ts';

// electron-updater against a server of releases; what is a program here is a file of its size.

const run = promisify(execFile);
const updateNow = new URL('../../support/updates/update-now.ts', import.meta.url).pathname;
const OLD = Buffer.from('old program');
const NEW = Buffer.concat([Buffer.from('new program'), Buffer.alloc(3_000_000, 'x')]);

/** A person's AppImage, and where releases of it are announced. */
async function stage(t: TestContext) {
  const server = await ReleaseServer.start();
  t.after(() => server[Symbol.asyncDispose]());
  const folder = mkdtempSync(join(tmpdir(), 'update-'));
  const program = join(folder, 'Latchkey.AppImage');
  writeFileSync(program, OLD, { mode: 0o755 });
  const before = process.env['APPIMAGE'];
  process.env['APPIMAGE'] = program;
  t.after(() => {
    if (before === undefined) delete process.env['APPIMAGE'];
    else process.env['APPIMAGE'] = before;
  });
  const key = new ReleaseKey();
  const cache = join(folder, 'cache');
  return { server, folder, program, key, cache, ...(await installed(server.feed(key), cache)) };
}

type Stage = Awaited<ReturnType<typeof stage>>;

/** Tries all of it, and expects one trouble, and the program that was there. */
async function expectTrouble(stage: Stage, trouble: UpdateTrouble): Promise<void> {
  await assert.rejects(
    async () => {
      await stage.engine.look();
      await stage.engine.download(() => undefined);
    },
    (error) => {
      assert.equal(troubleOf(error, 'not-put-in-place'), trouble);
      return true;
    },
  );
  stage.quit();
  assert.deepEqual(readFileSync(stage.program), OLD);
  assert.deepEqual(
    readdirSync(stage.folder).filter((name) => name.includes('.new')),
    [],
  );
}

test('a newer version is fetched, and takes the place of the old one at the next quit', async (t) => {
  const { server, program, key, engine, quit, folder } = await stage(t);
  server.announce('0.2.0', NEW, key);
  assert.deepEqual(await engine.look(), { version: '0.2.0', than: 'newer' });
  const shares: number[] = [];
  await engine.download((share) => shares.push(share));
  assert.deepEqual(readFileSync(program), OLD, 'nothing changes while the app runs');
  quit();
  assert.deepEqual(readFileSync(program), NEW);
  assert.equal(statSync(program).mode & 0o777, 0o755);
  assert.deepEqual(readdirSync(folder).toSorted(), ['Latchkey.AppImage', 'cache']);
  assert.deepEqual(
    [...new Set(server.requests.map(({ headers }) => headers['user-agent']))],
    ['Latchkey/0.1.0'],
  );
  for (const { headers } of server.requests) {
    assert.equal(headers['x-user-staging-id'], undefined, 'nothing tells one installation from another');
  }
});

test('an app that ends with an error leaves the newer one for the next time', async (t) => {
  const { server, program, key, cache, engine, quit } = await stage(t);
  server.announce('0.2.0', NEW, key);
  await engine.look();
  await engine.download(() => undefined);
  quit(1);
  assert.deepEqual(readFileSync(program), OLD);
  const later = await installed(server.feed(key), cache);
  const count = server.requests.length;
  await later.engine.look();
  await later.engine.download(() => undefined);
  later.quit();
  assert.deepEqual(readFileSync(program), NEW);
  assert.equal(
    server.requests.slice(count).some(({ path }) => path.endsWith('.AppImage')),
    false,
    'it was here',
  );
});

test('the same version and an older one are told apart', async (t) => {
  const { server, key, engine } = await stage(t);
  server.announce('0.1.0', NEW, key);
  assert.deepEqual(await engine.look(), { version: '0.1.0', than: 'same' });
  server.announce('0.0.9', NEW, key);
  assert.deepEqual(await engine.look(), { version: '0.0.9', than: 'older' });
});

test('an older version is not fetched, even where somebody asks for it', async (t) => {
  const stageOfOlder = await stage(t);
  const { server, key, engine, quit, program } = stageOfOlder;
  server.announce('0.0.9', NEW, key);
  await engine.look();
  await engine.download(() => undefined).catch(() => undefined);
  quit();
  assert.deepEqual(readFileSync(program), OLD);
});

test('a file of another digest is thrown away', async (t) => {
  const at = await stage(t);
  at.server.announce('0.2.0', NEW, at.key, { sha512: digestOf(OLD) });
  await expectTrouble(at, 'file-wrong');
});

test('a file that was changed after it came is not put in place', async (t) => {
  const { server, program, key, cache, engine, quit, installErrors } = await stage(t);
  server.announce('0.2.0', NEW, key);
  await engine.look();
  await engine.download(() => undefined);
  writeFileSync(
    join(cache, 'latchkey', 'pending', 'Latchkey-0.2.0-linux-x86_64.AppImage'),
    'of somebody else',
  );
  quit();
  assert.deepEqual(readFileSync(program), OLD);
  assert.equal(troubleOf(installErrors[0], 'not-put-in-place'), 'file-wrong');
});

test('a download that is cut leaves the program, and the next one is whole', async (t) => {
  const at = await stage(t);
  at.server.announce('0.2.0', NEW, at.key);
  at.server.serve('/Latchkey-0.2.0-linux-x86_64.AppImage', (_request, response) => {
    response.writeHead(200, { 'content-length': NEW.length });
    response.write(NEW.subarray(0, 100_000), () => response.destroy());
  });
  await expectTrouble(at, 'file-cut-short');
  at.server.announce('0.2.0', NEW, at.key);
  const later = await installed(at.server.feed(at.key), at.cache);
  await later.engine.look();
  await later.engine.download(() => undefined);
  later.quit();
  assert.deepEqual(readFileSync(at.program), NEW);
});

test('neither announcement nor file is fetched from another host', async (t) => {
  const at = await stage(t);
  await using elsewhere = await ReleaseServer.start();
  elsewhere.announce('0.2.0', NEW, at.key);
  at.server.announce('0.2.0', NEW, at.key);
  for (const path of ['/Latchkey-0.2.0-linux-x86_64.AppImage', `/${CHANNEL}`]) {
    at.server.serve(path, (_request, response) => {
      response.writeHead(302, { location: `${elsewhere.origin}${path}` }).end();
    });
    await expectTrouble({ ...at, ...(await installed(at.server.feed(at.key), at.cache)) }, 'feed-redirected');
  }
  assert.deepEqual(elsewhere.requests, []);
});

test('an announcement that somebody else has signed, or nobody, is not believed', async (t) => {
  const at = await stage(t);
  at.server.announce('0.2.0', NEW, new ReleaseKey());
  await expectTrouble(at, 'feed-unsigned');
  at.server.announce('0.2.0', NEW, at.key);
  at.server.serve(`/${CHANNEL}.sig`, 'c2lnbmVk');
  await expectTrouble(at, 'feed-unsigned');
  at.server.serve(`/${CHANNEL}.sig`, (_request, response) => response.writeHead(404).end());
  await expectTrouble(at, 'feed-unsigned');
});

test('another product is not installed, though the key is the same', async (t) => {
  const at = await stage(t);
  at.server.announce('0.2.0', NEW, at.key, { name: 'Doorbell-0.2.0-linux-x86_64.AppImage' });
  await expectTrouble(at, 'feed-other-product');
  at.server.announce('0.2.0', NEW, at.key, { name: 'Latchkey-0.1.9-linux-x86_64.AppImage' });
  await expectTrouble(at, 'feed-other-product');
});

test('an announcement for another processor is none for this one', async (t) => {
  const at = await stage(t);
  at.server.announce('0.2.0', NEW, at.key);
  const text = await (await fetch(`${at.server.origin}/${CHANNEL}`)).text();
  at.server.serve(`/${CHANNEL}.sig`, at.key.sign(text, 'latest-linux-arm64.yml'));
  await expectTrouble(at, 'feed-unsigned');
});

test('an announcement that makes no sense changes nothing', async (t) => {
  const at = await stage(t);
  for (const text of ['', '<html>', 'version: 0.2.0\n', 'version: [', 'version: next\nfiles: []\n']) {
    at.server.serve(`/${CHANNEL}`, text);
    at.server.serve(`/${CHANNEL}.sig`, at.key.sign(text));
    await expectTrouble(at, 'feed-broken');
  }
  at.server.serve(`/${CHANNEL}`, (_request, response) => response.writeHead(404).end());
  await expectTrouble(at, 'feed-broken');
});

test('without a connection nothing changes, and it is told as that', async (t) => {
  const at = await stage(t);
  await at.server[Symbol.asyncDispose]();
  await expectTrouble(at, 'feed-unreachable');
});

/** Runs all of it in a process of its own, over a command that can be killed or has a small disk. */
function childOf({ server, key, program, cache }: Stage, ...before: readonly string[]) {
  const feed = { url: `${server.origin}/`, publicKey: key.publicKey, publisher: null };
  const [command, ...args] = [...before, process.execPath, updateNow, JSON.stringify(feed), cache];
  return { command, args, options: { env: { ...process.env, APPIMAGE: program } } };
}

test('a full disk leaves the program, whether the download or its place has no room', async (t) => {
  const at = await stage(t);
  at.server.announce('0.2.0', NEW, at.key);
  const inNamespace = ['unshare', '--user', '--map-root-user', '--mount', 'sh', '-c'];
  const small = 'mount -t tmpfs -o size=1m tmpfs "$0" && exec "$@"';
  const full = childOf(at, ...inNamespace, `mkdir -p "$0" && ${small}`, at.cache);
  const first = await run(full.command, full.args, full.options);
  assert.equal(first.stdout, 'found\nno-room\nold\n');

  // The program on a disk of its own.
  const place = mkdtempSync(join(tmpdir(), 'place-'));
  const moved = { ...at, program: join(place, 'Latchkey.AppImage') };
  const fill = `mount -t tmpfs -o size=1m tmpfs "$0" && printf 'old program' > "$0/Latchkey.AppImage" && exec "$@"`;
  const placed = childOf(moved, ...inNamespace, fill, place);
  const second = await run(placed.command, placed.args, placed.options);
  assert.equal(second.stdout, 'found\nready\nno-room\nold\n');
});

test('killed in the middle of a download, the next one is whole', async (t) => {
  const begun = Promise.withResolvers<true>();
  const at = await stage(t);
  at.server.announce('0.2.0', NEW, at.key);
  at.server.serve('/Latchkey-0.2.0-linux-x86_64.AppImage', (_request, response) => {
    response.writeHead(200, { 'content-length': NEW.length });
    response.write(NEW.subarray(0, 1_000_000), () => begun.resolve(true));
  });
  const { command, args, options } = childOf(at);
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'ignore'] });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  assert.equal(String(said), 'found\n');
  await begun.promise;
  child.kill('SIGKILL');
  await once(child, 'exit');
  assert.deepEqual(readFileSync(at.program), OLD);
  at.server.announce('0.2.0', NEW, at.key);
  const whole = await run(command, args, options);
  assert.equal(whole.stdout, 'found\nready\nplaced\nnew\n');
  assert.deepEqual(readFileSync(at.program), NEW);
});

test('killed while it is put in place, there is a whole program: the old one or the new one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'place-'));
  const [file, program] = [join(folder, 'file'), join(folder, 'program')];
  const large = Buffer.alloc(20_000_000, 'new program ');
  writeFileSync(file, large);
  const module = new URL('../../../src-main/updates/safe-app-image-updater.ts', import.meta.url).href;
  const source = `
    const { putInPlace } = await import(${JSON.stringify(module)});
    process.stdout.write('begun');
    putInPlace(${JSON.stringify(file)}, ${JSON.stringify(program)}, ${JSON.stringify(digestOf(large))});
  `;
  for (const delay of [0, 2, 5, 10, 20, 40]) {
    writeFileSync(program, OLD, { mode: 0o755 });
    const child = spawn(process.execPath, ['--input-type=module', '--eval', source], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    await sleep(delay);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const content = readFileSync(program);
    assert.ok(content.equals(OLD) || content.equals(large), `neither after ${delay} ms`);
  }
  // What such an end left behind is in nobody's way.
  putInPlace(file, program, digestOf(large));
  assert.ok(readFileSync(program).equals(large));
});
