import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { notices } from './pack/notices.mjs';
import { main } from './run/main.mjs';
import { programEnvironment } from './set-up/environment.mjs';
import { nodeExecutable } from './set-up/node.mjs';
import { npmCommand, npmEnvironment } from './set-up/npm.mjs';
import { root } from './set-up/paths.mjs';
import { runOrFail } from './set-up/program.mjs';
import { setUpTerminal } from './set-up/set-up.mjs';

const built = join(root, 'out', 'terminal');
const output = join(root, 'dist');
const folder = join(output, 'command');

/** `npm run pack-command`: the `latchkey` command alone as an npm tarball in `dist/`; its path is the last line printed. */
await main(async () => {
  await setUpTerminal();
  rmSync(folder, { recursive: true, force: true });
  for (const each of ['bin', 'man']) mkdirSync(join(folder, each), { recursive: true });
  const names = readdirSync(built);
  for (const name of names.filter((each) => each.endsWith('.cjs'))) {
    copyFileSync(join(built, name), join(folder, 'bin', name));
  }
  chmodSync(join(folder, 'bin', 'latchkey.cjs'), 0o755);
  copyFileSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
  copyFileSync(join(root, 'scripts', 'pack', 'README.md'), join(folder, 'README.md'));
  const maps = names.filter((name) => name.endsWith('.map')).map((name) => join(built, name));
  writeFileSync(join(folder, 'THIRD-PARTY'), notices(maps));
  writeFileSync(join(folder, 'man', 'latchkey.1'), manPage());
  const { name, file } = writePackageJson();

  const npm = npmCommand(process.env, process.platform, process.execPath);
  await runOrFail(
    npm.command,
    [...npm.args, 'pack', '--ignore-scripts', '--pack-destination', output, folder],
    {
      log: 'pack-command',
      environment: npmEnvironment(process.env),
      timeLimitSeconds: 60,
      otherwise: `npm could not pack ${name}.`,
    },
  );
  process.stdout.write(`${join(output, file)}\n`);
  return 0;
});

function manPage() {
  return execFileSync(nodeExecutable(), [join(folder, 'bin', 'latchkey.cjs'), 'man'], {
    encoding: 'utf8',
    env: programEnvironment(process.env),
  });
}

function writePackageJson() {
  /** @type {{ name: string, version: string, description: string, license: string, optionalDependencies: Record<string, string> }} */
  const { name, version, description, license, optionalDependencies } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  const described = {
    name,
    version,
    description,
    license,
    bin: { latchkey: 'bin/latchkey.cjs' },
    man: ['man/latchkey.1'],
    engines: { node: '>=22.13' },
    // Used where it is installed beside; never installed for us.
    peerDependencies: { keytar: optionalDependencies['keytar'] },
    peerDependenciesMeta: { keytar: { optional: true } },
  };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(described, null, 2)}\n`);
  return { name, file: `${name}-${version}.tgz` };
}
