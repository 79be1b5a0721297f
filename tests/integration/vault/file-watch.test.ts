import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { EventEmitter } from 'node:events';
import fs, { readFileSync, writeFileSync } from 'node:fs';
import { mkdir, readdir, readFile, symlink, utimes, writeFile } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { errnoOf } from '../../../src-main/vault/files/errno.ts';
import { watchFile, type WatchTiming } from '../../../src-main/vault/files/file-watch.ts';
import { temporaryFolder } from '../../support/vault/sample.ts';

const DEADLINE = 2_000;
const QUICK = { gather: 20, retry: 60_000 };
const OTHER_PROGRAM = join(import.meta.dirname, '../../support/vault/change-files.ts');

type Operation = readonly [name: string, path: string, other?: string];

const other = spawn(process.execPath, [OTHER_PROGRAM], { stdio: ['pipe', 'pipe', 'inherit'] });
const answers = createInterface({ input: other.stdout })[Symbol.asyncIterator]();
after(() => other.stdin.end());

/** Lets another process do this, one after the other; done when this resolves. */
async function otherProgram(...operations: readonly Operation[]): Promise<void> {
  other.stdin.write(operations.map((each) => `${JSON.stringify(each)}\n`).join(''));
  for (const operation of operations) {
    const { value } = await answers.next();
    assert.equal(value, 'done', JSON.stringify(operation));
  }
}

/** What a reader gets: the text, or why there is none. */
function view(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    return errnoOf(error) ?? String(error);
  }
}

/** Watches and, when called back, reads the file, as its user would. */
function startWatch(
  t: TestContext,
  path: string,
  timing: WatchTiming = QUICK,
  afterwards?: (call: number) => void,
) {
  const watch = {
    calls: 0,
    seen: view(path),
    errors: [] as unknown[],
    /** Resolves when the last call back was after the last change. */
    async isUpToDate(): Promise<void> {
      const deadline = performance.now() + DEADLINE;
      while (watch.seen !== view(path)) {
        assert.ok(performance.now() < deadline, `told of ${watch.seen}, and not of ${view(path)}`);
        await delay(1);
      }
    },
    /** Lets the other program do this and demands to be told of it. */
    async tells(...operations: readonly Operation[]): Promise<void> {
      const before = watch.seen;
      await otherProgram(...operations);
      assert.notEqual(view(path), before, 'the operation changes what is read');
      await watch.isUpToDate();
    },
    /** Long enough for whatever is under way to call back. */
    async isQuiet(milliseconds = timing.gather * 5): Promise<void> {
      const { calls } = watch;
      await delay(milliseconds);
      assert.equal(watch.calls, calls, 'a call without a reason');
    },
    close: () => watcher.close(),
  };
  const watcher = watchFile(
    path,
    () => {
      watch.calls++;
      watch.seen = view(path);
      afterwards?.(watch.calls);
    },
    (error) => watch.errors.push(error),
    timing,
  );
  t.after(() => {
    watcher.close();
    assert.deepEqual(watch.errors, []);
  });
  return watch;
}

test('a file that is written, replaced, removed and created', async (t) => {
  const path = join(await temporaryFolder(t), 'config.yaml');
  await writeFile(path, 'one');
  const watch = startWatch(t, path);
  await watch.tells(['append', path, ' more']);
  await watch.tells(['write', path, 'two']);
  for (const text of ['three', 'four', 'five']) await watch.tells(['replace', path, text]);
  await watch.tells(['write', path, 'written in place after that']);
  await watch.tells(['remove', path]);
  await watch.tells(['create', path, 'six']);
  await watch.tells(['move', path, `${path}.bak`]);
  await watch.tells(['move', `${path}.bak`, path]);
  await watch.isQuiet();
});

test('a change is told within a moment, and a burst once or twice', async (t) => {
  const path = join(await temporaryFolder(t), 'config.yaml');
  await writeFile(path, 'one');
  const watch = startWatch(t, path, { gather: 100, retry: 60_000 });
  const begin = performance.now();
  for (let count = 0; count < 50; count++) writeFileSync(path, `text ${count}`);
  await watch.isUpToDate();
  const took = performance.now() - begin;
  assert.ok(took > 50 && took < 10_000, `${took} ms`);
  await delay(250);
  assert.ok(watch.calls <= 2, `${watch.calls} calls`);
});

test('a program that never stops writing does not keep it from being told', async (t) => {
  const path = join(await temporaryFolder(t), 'config.yaml');
  const watch = startWatch(t, path);
  const begin = performance.now();
  while (watch.calls < 3) {
    assert.ok(performance.now() - begin < DEADLINE);
    writeFileSync(path, `${performance.now()}`);
    await delay(2);
  }
});

test(
  'a content that changes without its size and time',
  { skip: process.platform === 'win32' },
  async (t) => {
    const path = join(await temporaryFolder(t), 'config.yaml');
    await writeFile(path, 'one');
    await utimes(path, 1e9, 1e9);
    const watch = startWatch(t, path);
    await watch.tells(['disguise', path, 'two']);
  },
);

test('a change during the call back is told too', async (t) => {
  const path = join(await temporaryFolder(t), 'config.yaml');
  const watch = startWatch(t, path, QUICK, (call) => {
    if (call === 1) writeFileSync(path, 'by the call back');
  });
  await otherProgram(['create', path, 'one']);
  await watch.isUpToDate();
  assert.equal(watch.seen, 'by the call back');
});

test('folders that do not exist yet, one by one and several at once', async (t) => {
  const folder = await temporaryFolder(t);
  const path = join(folder, 'a', 'b', 'c', 'config.yaml');
  const watch = startWatch(t, path);
  await otherProgram(['mkdir', join(folder, 'a')], ['mkdir', join(folder, 'a', 'b')]);
  await watch.tells(['create', path, 'one']);
  await watch.tells(['remove', join(folder, 'a')]);
  await watch.tells(['create', path, 'at once']);
  await watch.tells(['replace', path, 'two']);
});

test('folders that are removed, moved and made again, also far above the file', async (t) => {
  const folder = await temporaryFolder(t);
  const [a, b, c] = [join(folder, 'a'), join(folder, 'a', 'b'), join(folder, 'a', 'b', 'c')];
  const path = join(c, 'config.yaml');
  await mkdir(c, { recursive: true });
  await writeFile(path, 'one');
  const watch = startWatch(t, path);
  for (const each of [c, b, a]) {
    await watch.tells(['remove', each]);
    await watch.tells(['create', path, `in a new ${each}`]);
    await watch.tells(['replace', path, `replaced in ${each}`]);
    // At once, so that the new folder may get the old one's inode.
    await watch.tells(['remove', each], ['create', path, `in another ${each}`]);
    await watch.tells(['write', path, `written in ${each}`]);
    await watch.tells(['move', each, `${each}.away`]);
    await watch.tells(['create', path, `instead of ${each}`]);
    await watch.tells(['remove', each], ['move', `${each}.away`, each]);
    await watch.tells(['replace', path, `back in ${each}`]);
  }
  await watch.isQuiet();
});

test('links to the file and to its folders, which change at every level', async (t) => {
  const folder = await temporaryFolder(t);
  const at = (...names: string[]) => join(folder, ...names);
  await mkdir(at('home', 'dotfiles'), { recursive: true });
  for (const name of ['one', 'two']) {
    await mkdir(at('stores', name, 'deep'), { recursive: true });
    await writeFile(at('stores', name, 'deep', 'real.yaml'), name);
  }
  // home/.app → dotfiles/app → ../../stores/one/deep, and real.yaml in there behind config.yaml.
  await symlink('../../stores/one/deep', at('home', 'dotfiles', 'app'));
  await symlink(at('home', 'dotfiles', 'app'), at('home', '.app'));
  for (const name of ['one', 'two']) await symlink('real.yaml', at('stores', name, 'deep', 'config.yaml'));
  const path = at('home', '.app', 'config.yaml');
  const watch = startWatch(t, path);
  assert.equal(watch.seen, 'one');
  await watch.tells(['write', at('stores', 'one', 'deep', 'real.yaml'), 'written']);
  await watch.tells(['replace', at('stores', 'one', 'deep', 'real.yaml'), 'replaced']);
  await watch.tells(['relink', at('home', 'dotfiles', 'app'), '../../stores/two/deep']);
  await watch.tells(['replace', at('stores', 'two', 'deep', 'real.yaml'), 'replaced in two']);
  // Whatever was left behind does not matter any more.
  await otherProgram(['replace', at('stores', 'one', 'deep', 'real.yaml'), 'nobody sees this']);
  await watch.isQuiet();
  await watch.tells(['move', at('stores', 'two'), at('stores', 'three')]);
  await watch.tells(['relink', at('home', '.app'), at('stores', 'three', 'deep')]);
  await watch.tells(['replace', path, 'a file instead of the link']);
  await watch.tells(['relink', path, '../../one/deep/real.yaml']);
  await watch.tells(['write', at('stores', 'one', 'deep', 'real.yaml'), 'through the link']);
  await watch.tells(['remove', at('home', '.app')]);
  await watch.tells(['create', path, 'a folder instead of the link']);
  // A link that goes up from where another one leads to.
  await watch.tells(['link', at('home', 'up'), '../stores/one'], ['relink', path, '../up/../three/deep/x']);
  await watch.tells(['create', at('stores', 'three', 'deep', 'x'), 'up and down']);
  await watch.tells(['relink', at('home', 'up'), 'dotfiles']);
});

test('a link that leads nowhere, and links in a circle', async (t) => {
  const folder = await temporaryFolder(t);
  const [path, target] = [join(folder, 'config.yaml'), join(folder, 'far', 'away', 'real.yaml')];
  await symlink(target, path);
  const watch = startWatch(t, path);
  await watch.tells(['create', target, 'one']);
  await watch.tells(['remove', join(folder, 'far')]);
  await watch.tells(['create', target, 'two']);
  await watch.tells(['link', join(folder, 'b'), 'config.yaml'], ['relink', path, 'b']);
  assert.equal(watch.seen, 'ELOOP');
  await watch.tells(['relink', join(folder, 'b'), target]);
  await watch.tells(['replace', target, 'three']);
  await watch.tells(['relink', path, 'config.yaml']);
  await watch.tells(['replace', path, 'four']);
});

test('a file that becomes a folder, a folder that becomes a file, and back', async (t) => {
  const folder = await temporaryFolder(t);
  const [above, path] = [join(folder, 'a'), join(folder, 'a', 'config.yaml')];
  await mkdir(above);
  await writeFile(path, 'one');
  const watch = startWatch(t, path);
  await watch.tells(['remove', path], ['mkdir', path]);
  assert.equal(watch.seen, 'EISDIR');
  await watch.tells(['remove', path], ['create', path, 'two']);
  await watch.tells(['remove', above], ['write', above, 'a file']);
  assert.equal(watch.seen, 'ENOTDIR');
  await watch.tells(['remove', above], ['create', path, 'three']);
  await watch.tells(['write', path, 'four']);
});

test('a file that is written through a hard link elsewhere', async (t) => {
  const folder = await temporaryFolder(t);
  const [path, elsewhere] = [join(folder, 'a', 'config.yaml'), join(folder, 'b', 'same.yaml')];
  await Promise.all(['a', 'b'].map((name) => mkdir(join(folder, name))));
  await writeFile(path, 'one');
  const watch = startWatch(t, path);
  await otherProgram(['hardLink', elsewhere, path]);
  await watch.tells(['write', elsewhere, 'two']);
  await watch.tells(['replace', path, 'a file of its own']);
  await otherProgram(['write', elsewhere, 'nobody sees this']);
  await watch.isQuiet();
});

test('nothing is told when nothing happens, nor of what happens to others', async (t) => {
  const folder = await temporaryFolder(t);
  const path = join(folder, 'home', '.app', 'config.yaml');
  await mkdir(join(folder, 'home', 'other'), { recursive: true });
  await mkdir(join(folder, 'home', '.app'));
  await writeFile(path, 'one');
  const watch = startWatch(t, path);
  await watch.isQuiet(300);
  const neighbours = [['other', 'x'], ['x'], ['.app', '.config.yaml.lock'], ['.app', 'config.yaml.tmp']];
  await otherProgram(
    ...neighbours.map((names): Operation => ['storm', join(folder, 'home', ...names), '1000']),
    ['mkdir', join(folder, 'config.yaml')],
    ['mkdir', join(folder, 'home', 'config.yaml')],
  );
  await watch.isQuiet();
  assert.equal(watch.calls, 0);
  await readFile(path);
  await watch.isQuiet();
  await watch.tells(['replace', path, 'two']);
});

test('a change is told also when the system had to drop its event', async (t) => {
  const folder = await temporaryFolder(t);
  const path = join(folder, 'config.yaml');
  await writeFile(path, 'one');
  const watch = startWatch(t, path);
  // This process does not read its events meanwhile.
  const operations: Operation[] = [
    ['storm', join(folder, 'x'), '10000'],
    ['replace', path, 'two'],
  ];
  spawnSync(process.execPath, [OTHER_PROGRAM], {
    input: operations.map((each) => JSON.stringify(each)).join('\n'),
  });
  assert.equal(view(path), 'two');
  await watch.isUpToDate();
});

test('nothing is left of a watch that was closed', async (t) => {
  const folder = await temporaryFolder(t);
  const path = join(folder, 'config.yaml');
  await writeFile(path, 'one');
  const systemWatches = async () => {
    const fds = await readdir('/proc/self/fdinfo');
    const infos = await Promise.all(
      fds.map((fd) => readFile(`/proc/self/fdinfo/${fd}`, 'utf8').catch(() => '')),
    );
    return infos.join('').match(/^inotify wd:/gm)?.length ?? 0;
  };
  const before = process.platform === 'linux' ? await systemWatches() : 0;
  const watch = startWatch(t, path);
  for (let count = 0; count < 20; count++) await watch.tells(['replace', path, `text ${count}`]);
  const { calls } = watch;
  if (process.platform === 'linux') {
    // One for each folder from the root, and one for the file.
    assert.equal((await systemWatches()) - before, folder.split('/').length + 1);
  }
  await otherProgram(['replace', path, 'not told']);
  watch.close();
  watch.close();
  assert.deepEqual(
    process.getActiveResourcesInfo().filter((each) => each === 'FSEventWrap' || each === 'Timeout'),
    [],
  );
  await delay(QUICK.gather * 3);
  assert.equal(watch.calls, calls);
  if (process.platform === 'linux') assert.equal(await systemWatches(), before);
});

/** Stands in for a function of `fs`, also where it has been imported by name. */
function replace(
  t: TestContext,
  of: object,
  name: string,
  instead: (...args: [string, ...unknown[]]) => unknown,
) {
  const { mock } = t.mock.method(of as Record<string, () => unknown>, name, instead as () => unknown);
  syncBuiltinESMExports();
  t.after(() => {
    mock.restore();
    syncBuiltinESMExports();
  });
  return mock;
}

function replaceWatch(t: TestContext, instead: (original: typeof fs.watch, path: string) => fs.FSWatcher) {
  const original = fs.watch;
  return replace(t, fs, 'watch', (path) => instead(original, path));
}

function silentWatch(): fs.FSWatcher {
  return Object.assign(new EventEmitter(), { close: () => undefined }) as unknown as fs.FSWatcher;
}

test('a watch that cannot be had is told once, does without, and is tried again', async (t) => {
  const path = join(await temporaryFolder(t), 'config.yaml');
  await writeFile(path, 'one');
  let isFull = true;
  const mock = replaceWatch(t, (original, folder) => {
    if (isFull) throw Object.assign(new Error('System limit reached'), { code: 'ENOSPC' });
    return original(folder, { persistent: false });
  });
  const watch = startWatch(t, path, { gather: 20, retry: 100 });
  await watch.tells(['replace', path, 'two']);
  await watch.isQuiet(250);
  assert.deepEqual(watch.errors.splice(0).map(errnoOf), ['ENOSPC']);
  isFull = false;
  await delay(200);
  const attempts = mock.callCount();
  await watch.isQuiet(250);
  assert.equal(mock.callCount(), attempts, 'it is not tried again once it works');
  await watch.tells(['replace', path, 'three']);
});

test('a file that is missing, and comes without any event, as where something is mounted over its folder', async (t) => {
  const path = join(await temporaryFolder(t), 'config.yaml');
  // Of somewhere else, where nothing happens.
  const elsewhere = await temporaryFolder(t);
  replaceWatch(t, (original) => original(elsewhere, { persistent: false }));
  const watch = startWatch(t, path, { gather: 20, retry: 100 });
  await watch.isQuiet(250);
  await watch.tells(['replace', path, 'one']);
});

test('a folder that moves, where the one above it may not be watched', async (t) => {
  const above = await temporaryFolder(t);
  const path = join(above, 'a', 'config.yaml');
  await mkdir(join(above, 'a'));
  await writeFile(path, 'one');
  replaceWatch(t, (original, folder) => {
    if (folder === above) throw Object.assign(new Error('permission denied'), { code: 'EACCES' });
    return original(folder, { persistent: false });
  });
  const watch = startWatch(t, path);
  await watch.tells(['replace', path, 'two']);
  // Windows does not tell of that.
  if (process.platform === 'linux') await watch.tells(['move', join(above, 'a'), join(above, 'b')]);
  assert.deepEqual(watch.errors.splice(0).map(errnoOf), ['EACCES']);
});

test('a watch that breaks later is told once, and is tried again', async (t) => {
  const path = join(await temporaryFolder(t), 'config.yaml');
  await writeFile(path, 'one');
  const watchers: fs.FSWatcher[] = [];
  replaceWatch(t, (original, folder) => {
    const watcher = original(folder, { persistent: false });
    watchers.push(watcher);
    return watcher;
  });
  const watch = startWatch(t, path, { gather: 20, retry: 100 });
  for (let round = 0; round < 2; round++) {
    // As Node does it.
    for (const watcher of watchers.splice(0)) {
      watcher.close();
      watcher.emit('error', Object.assign(new Error('watch EPERM'), { code: 'EPERM' }));
    }
    const deadline = performance.now() + DEADLINE;
    while (watch.errors.length === 0 && performance.now() < deadline) await delay(1);
    await watch.tells(['replace', path, `text ${round}`]);
  }
  await watch.isQuiet();
  assert.deepEqual(watch.errors.splice(0).map(errnoOf), ['EPERM']);
});

test('whatever another program does at random, the last state is told', async (t) => {
  const seed = Date.now() % 1_000_000;
  t.diagnostic(`seed ${seed}`);
  const random = randomNumbers(seed);
  const pick = <T>(list: readonly [T, ...T[]]): T => list[Math.floor(random() * list.length)] ?? list[0];
  const folder = await temporaryFolder(t);
  const names = ['home', 'home/.app', 'home/.app/sub', 'a', 'a/sub', 'b', 'b/sub'] as const;
  const path = join(folder, 'home/.app/sub/config.yaml');
  let count = 0;
  const history: Operation[] = [];
  const operation = (): Operation => {
    const place = join(folder, pick(names));
    const anything = pick([place, join(place, 'config.yaml')]);
    const text = `text ${++count}`;
    const target = () => pick([join(folder, pick(names)), `../${pick(names)}`, 'config.yaml', '../sub']);
    if (!view(path).startsWith('text') && random() < 0.5) {
      return pick<Operation>([
        ['try create', path, text],
        ['try remove', join(folder, pick(names))],
        ['try create', join(folder, pick(['a', 'b']), 'sub', 'config.yaml'), text],
      ]);
    }
    return pick<() => Operation>([
      () => ['try append', path, text],
      () => ['try write', path, text],
      () => ['try replace', path, text],
      () => ['try create', join(place, 'config.yaml'), text],
      () => ['try remove', anything],
      () => ['try mkdir', anything],
      () => ['try move', anything, join(folder, pick(names))],
      () => ['try move', join(place, 'config.yaml'), path],
      () => ['try move', path, join(place, 'config.yaml')],
      () => ['try link', anything, target()],
      () => ['try relink', anything, target()],
      () => ['try relink', join(place, 'config.yaml'), join(folder, pick(names), 'config.yaml')],
      () => ['try hardLink', anything, path],
    ])();
  };
  const watch = startWatch(t, path, { gather: 5, retry: 60_000 });
  const begin = performance.now();
  let changes = 0;
  while (performance.now() - begin < 5_000) {
    const before = watch.seen;
    const operations = Array.from({ length: pick([1, 1, 1, 2, 4]) }, operation);
    history.push(...operations);
    await otherProgram(...operations);
    await watch.isUpToDate().catch((error: unknown) => {
      throw new Error(`seed ${seed}, after ${JSON.stringify(history.slice(-12))}`, { cause: error });
    });
    if (watch.seen !== before) changes++;
  }
  t.diagnostic(`${history.length} operations, ${changes} changes seen, ${watch.calls} calls`);
  assert.ok(changes > 100, `only ${changes} changes`);
});

test('a file on a file system that tells of nobody else is looked at now and then', async (t) => {
  const folder = await temporaryFolder(t);
  const path = join(folder, 'config.yaml');
  await writeFile(path, 'one');
  let asked = 0;
  // As NFS: to watch succeeds, and nothing is heard.
  replaceWatch(t, silentWatch);
  replace(t, fs.promises, 'statfs', (name) => {
    asked++;
    return Promise.resolve({ type: name === folder ? 0x6969 : 0xef53 });
  });
  const watched = startWatch(t, path, { gather: 10, retry: 100 });
  await watched.tells(['write', path, 'two']);
  await watched.tells(['replace', path, 'three']);
  await watched.isQuiet(350);
  assert.ok(asked > 0);
});

test('a disk that answers no more is asked once until it does, and not on the main thread', async (t) => {
  const path = join(await temporaryFolder(t), 'config.yaml');
  await writeFile(path, 'one');
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const answer = Promise.withResolvers<never>();
  const [asked, walked] = [{ count: 0 }, { count: 0 }];
  let isAlive = true;
  replace(t, fs.promises, 'statfs', () => Promise.resolve({ type: 0x6969 }));
  const { statSync, lstatSync } = fs;
  replace(t, fs.promises, 'stat', async (name) => {
    asked.count++;
    if (!isAlive) await answer.promise;
    return statSync(name, { bigint: true });
  });
  for (const [name, original] of Object.entries({ lstatSync, statfsSync: fs.statfsSync })) {
    replace(t, fs, name, (...args) => {
      walked.count++;
      return (original as (...args: unknown[]) => unknown)(...args);
    });
  }
  const watchers: EventEmitter[] = [];
  replaceWatch(t, () => {
    watchers.push(silentWatch());
    return watchers.at(-1) as fs.FSWatcher;
  });
  const changed = t.mock.fn();
  const watch = watchFile(path, changed, () => undefined, { gather: 100, retry: 60_000 });
  t.after(() => watch.close());
  const pass = async (milliseconds: number) => {
    t.mock.timers.tick(milliseconds);
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
  };
  const during = async (work: () => Promise<void>) => {
    [asked.count, walked.count] = [0, 0];
    await work();
    return [asked.count, walked.count];
  };
  await pass(60_000);
  const minutes = async () => {
    for (let minute = 0; minute < 5; minute++) await pass(60_000);
  };
  assert.deepEqual(await during(minutes), [5, 0]);
  isAlive = false;
  const isAway = during(async () => {
    await minutes();
    // What happens in the folders above, which are on other disks, is told.
    watchers[0]?.emit('change', 'rename', null);
    await minutes();
    isAlive = true;
    // As a system does that does not wait for ever (NFS mounted "soft").
    answer.reject(Object.assign(new Error('away'), { code: 'ETIMEDOUT' }));
    await pass(0);
  });
  assert.deepEqual(await isAway, [1, 0]);
  assert.equal(changed.mock.callCount(), 0);
  writeFileSync(path, 'two');
  await pass(60_000);
  await pass(100);
  assert.equal(changed.mock.callCount(), 1);
});

/** Mulberry32: numbers from 0 to 1 that depend on the seed alone. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
