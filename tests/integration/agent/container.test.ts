import assert from 'node:assert/strict';
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { copyFile, cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { BuiltTerminal } from '../../support/login/terminal.ts';
import { documented } from './documented.ts';
import { machine, TEMPORARY, type Machine } from './machine.ts';
import { hasOwnCgroups, ownCgroups } from './own-cgroups.ts';

process.env['TMPDIR'] = TEMPORARY;
const terminal = await BuiltTerminal.build();
after(() => terminal[Symbol.asyncDispose]());

const IMAGE = 'latchkey-test';
const LOOK =
  'Object.keys(process.env).filter((name) => /LATCHKEY/.test(name)) + " " + Object.keys(os.networkInterfaces())';
const has = (command: string) => spawnSync(command, ['--version']).status === 0;
const canContain = has('podman') && has('crun') && hasOwnCgroups();

/** A podman with a store of its own. The limits that it puts on containers are no part of this, and so are left out. */
async function podman({ bin }: Machine): Promise<Readonly<Record<string, string>>> {
  const folder = join(bin, 'podman');
  await mkdir(folder);
  const [containers, storage] = [join(folder, 'containers.conf'), join(folder, 'storage.conf')];
  await writeFile(
    containers,
    `[containers]\ncgroups = "disabled"\nnetns = "none"\n[engine]\ncgroup_manager = "cgroupfs"\nruntime = "crun"\nevents_logger = "none"\n`,
  );
  await writeFile(
    storage,
    `[storage]\ndriver = "vfs"\ngraphroot = "${folder}/store"\nrunroot = "${folder}/run"\n`,
  );
  return { CONTAINERS_CONF: containers, CONTAINERS_STORAGE_CONF: storage };
}

/** An archive of what an image holds: Node and its libraries, a shell, `latchkey`, and a `claude`. */
async function image({ bin }: Machine): Promise<string> {
  const root = join(bin, 'root');
  const put = async (from: string, to: string) => {
    await mkdir(join(root, dirname(to)), { recursive: true });
    await copyFile(from, join(root, to));
  };
  const programs = { [process.execPath]: '/usr/bin/node', '/bin/sh': '/bin/sh' };
  for (const [from, to] of Object.entries(programs)) {
    await put(from, to);
    const needed = execFileSync('ldd', [from], { encoding: 'utf8' }).match(/\/\S+/g) ?? [];
    for (const library of needed) await put(library, library);
  }
  await cp(dirname(terminal.program[1]), join(root, 'opt'), { recursive: true });
  const shell = (line: string) => ({ text: `#!/bin/sh\n${line}\n`, mode: 0o755 });
  for (const [name, { text, mode }] of Object.entries({
    latchkey: shell('exec node /opt/latchkey.cjs "$@"'),
    claude: shell('echo "claude has $CLAUDE_CODE_OAUTH_TOKEN"'),
  })) {
    await writeFile(join(root, 'usr/bin', name), text, { mode });
  }
  const archive = join(bin, 'root.tar');
  execFileSync('tar', ['-C', root, '-cf', archive, '.']);
  return archive;
}

test(
  'in a container, by the page’s command',
  { skip: canContain ? false : 'podman cannot be run here' },
  async (t) => {
    const here = await machine(t, terminal);
    const { path } = await here.agent();
    const variables = { ...(await podman(here)), LATCHKEY_AGENT: path };
    const there = ownCgroups(t);
    const type = async (lines: string) =>
      promisify(execFile)(...there(lines), { env: { ...here.environment, ...variables } });
    await type(`podman import --quiet '${await image(here)}' ${IMAGE}`);
    const typed = documented('podman run').replace('IMAGE', IMAGE);
    const { accessToken } = await here.stage.credential();
    assert.equal((await type(typed)).stdout, `claude has ${accessToken}\n`);

    // There is nothing else of ours in it, and no network.
    const looked = typed.replace(/latchkey exec.*$/, `node -p '${LOOK}'`);
    assert.equal((await type(looked)).stdout, 'LATCHKEY_AGENT lo\n');
  },
);
