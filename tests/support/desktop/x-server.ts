import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { firstLine, type Services } from './services.ts';

const WALLPAPER = '#5b7083';

/** Starts Xvfb on a free display number, open to holders of its cookie only, keeping its picture in the folder. */
export async function startScreen(services: Services, folder: string): Promise<void> {
  const { environment } = services;
  const authority = join(String(environment['XDG_RUNTIME_DIR']), 'Xauthority');
  writeFileSync(authority, authorityEntry(randomBytes(16)));
  const { ready } = services.start('Xvfb', [
    ...['-displayfd', '3'],
    ...['-screen', '0', '1280x800x24'],
    ...['-fbdir', folder],
    ...['-auth', authority],
    ...['-nolisten', 'tcp'],
    '-nocursor',
    '-noreset',
  ]);
  environment['DISPLAY'] = `:${await firstLine(ready)}`;
  environment['XAUTHORITY'] = authority;
  environment['LATCHKEY_TEST_FRAMEBUFFER'] = join(folder, 'Xvfb_screen0');
  await promisify(execFile)('xsetroot', ['-solid', WALLPAPER], { env: environment });
}

/** Xau(3), "FILE FORMAT": family 65535 (any host), no address, no display number, the protocol's name, the cookie. */
function authorityEntry(cookie: Buffer): Buffer {
  const field = (data: Buffer) => Buffer.concat([Buffer.from([data.length >> 8, data.length & 0xff]), data]);
  const empty = Buffer.alloc(0);
  return Buffer.concat([
    Buffer.from([0xff, 0xff]),
    ...[empty, empty, Buffer.from('MIT-MAGIC-COOKIE-1'), cookie].map(field),
  ]);
}
