import { keepArtifact } from '../support/desktop/artifacts.ts';
import { measureAgent } from './agent.ts';
import { measureFileSize } from './file-size.ts';
import { measureCommand } from './command.ts';
import { measureIdle } from './idle.ts';
import { measurePackage } from './package.ts';
import { PARTS, isPart, type Part } from './parts.ts';
import { measureSignIn } from './sign-in.ts';
import { measureTray } from './tray.ts';
import { measureWindow } from './window.ts';
import type { Figure } from './figure.ts';

// `node measure.ts <part>…`, on the test desktop: leaves the figures in artifacts/performance.json.

const measures: Record<Part, () => Promise<readonly Figure[]>> = {
  tray: measureTray,
  idle: measureIdle,
  window: measureWindow,
  'sign-in': measureSignIn,
  'file-size': measureFileSize,
  command: measureCommand,
  agent: measureAgent,
  package: measurePackage,
};

const figures: Figure[] = [];
for (const part of PARTS.filter((name) => process.argv.slice(2).filter(isPart).includes(name))) {
  process.stderr.write(`Measuring: ${part}\n`);
  figures.push(...(await measures[part]()));
}
keepArtifact('performance.json', JSON.stringify(figures));
