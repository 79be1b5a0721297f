import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { TestContext } from 'node:test';
import { until } from '../../support/desktop/until.ts';

/** What systemd and the runtimes of containers want of a machine: cgroups(7) of version 2, and a `/run` of their own. */
const PRELUDE = `
mount -t tmpfs tmpfs /run && mkdir -p /run/systemd/system && mkdir -m 0700 -p /run/user/0 &&
mount -t cgroup2 cgroup2 /sys/fs/cgroup`;

/** Whether that can be had, in namespaces that nobody else sees. */
export function hasOwnCgroups(): boolean {
  const tried = spawnSync('unshare', ['-m', 'sh', '-c', `${PRELUDE} && test -w /sys/fs/cgroup/cgroup.procs`]);
  return process.getuid?.() === 0 && tried.status === 0;
}

/** A command of a shell, as it is run there. */
export type There = (lines: string) => readonly [program: string, words: readonly string[]];

/** A group that is the whole tree to whatever runs in it, which ends with the test. */
export function ownCgroups(t: TestContext): There {
  const group = `/sys/fs/cgroup/latchkey-test-${process.pid}`;
  const outside = ['-m', '-p', '-f', '--mount-proc', '--kill-child', 'bash', '-c'];
  t.after(async () => {
    const end = `echo 1 > ${group}/cgroup.kill; find ${group} -depth -type d -exec rmdir {} +`;
    // It goes once the last of its processes has gone.
    await until(
      'the end of its group',
      () => spawnSync('unshare', [...outside, `${PRELUDE} && ${end}`]).status === 0 || undefined,
    );
  });
  const inside = `mount --bind ${group} /sys/fs/cgroup && eval "$1"`;
  // The shell stays, as process 1: what runs inside is not to take itself for the system's.
  const script = `${PRELUDE} && mkdir -p ${group} && echo $$ > ${group}/cgroup.procs || exit
    unshare -C bash -c '${inside}' bash "$1"; exit $?`;
  return (lines) => ['unshare', [...outside, script, 'bash', lines]];
}

/** A running `systemd --user`, as `systemctl --user` finds it: how a command is run where it is. */
export async function userManager(
  t: TestContext,
  environment: Readonly<Record<string, string>>,
): Promise<There> {
  const [program, words] = ownCgroups(t)('exec /usr/lib/systemd/systemd --user');
  const manager = spawn(program, words, { env: environment, stdio: 'ignore' });
  const pid = await until('the namespace', () => onlyChild(manager));
  const there: There = (lines) => [
    'nsenter',
    ['--target', String(pid), '--mount', '--pid', 'bash', '-c', lines],
  ];
  await until(
    'systemd',
    () => {
      const { stdout } = spawnSync(...there('systemctl --user is-system-running'), { env: environment });
      return /^(running|degraded)$/m.test(String(stdout)) || undefined;
    },
    20_000,
  );
  return there;
}

function onlyChild({ pid = 0 }: ChildProcess): number | undefined {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()) || undefined;
}
