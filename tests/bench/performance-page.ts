import { readFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { electronRuntime } from '../../scripts/set-up/runtime.mjs';
import type { Figure } from './figure.ts';

/** docs/performance.md, in Markdown. */
export function performancePage(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const { what, latchkey, bare, limit } = figure;
    return `| ${what} | ${latchkey} | ${bare} | ${limit} | ${verdict(figure)} |`;
  });
  return `# Performance

Measured by \`npm run bench\`, which writes this page: Latchkey beside a bare Electron tray app
(\`tests/bench/bare-tray-app\`) on the same runtime and the same test desktop, in turn, Chromium's sandbox on. Where
nothing else is said, nobody is signed in and no window is open.

| | Latchkey | Bare | Limit | |
|---|---|---|---|---|
${rows.join('\n')}

On ${new Date().toISOString().slice(0, 10)}, ${machine()}.
`;
}

function verdict({ kept, keptByBare = true }: Figure): string {
  if (kept) return 'kept';
  return keptByBare ? '**not kept**' : '**not kept**, nor by the bare app';
}

function machine(): string {
  const [processor] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return [
    `Electron ${electronVersion()}`,
    `${cpus().length} × ${processor?.model ?? 'unknown processor'}`,
    `${memory} GB of memory`,
    `Linux ${release()}`,
  ].join(', ');
}

/** The runtime's own, which is another one than package.json pins where a stand-in is used. */
function electronVersion(): string {
  const runtime = electronRuntime();
  if (runtime === null) return 'unknown';
  const version = readFileSync(join(dirname(runtime.executable), 'version'), 'utf8').trim();
  return runtime.standIn ? `${version} (stand-in)` : version;
}
