// The practice server as a program of its own: `npm start -- --practice` starts it and reads its one line.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startPracticeServer } from './practice-server.ts';

const { values } = parseArgs({ options: { 'data-dir': { type: 'string' }, port: { type: 'string' } } });
const folder = values['data-dir'];
if (folder === undefined) throw new Error('--data-dir is missing');
mkdirSync(folder, { recursive: true, mode: 0o700 });

const server = await startPracticeServer({
  port: Number(values.port ?? 0),
  stateFile: join(folder, 'practice-server.json'),
});
const { authorizeUrl, tokenUrl, apiUrl, controlKey } = server;
console.log(JSON.stringify({ authorizeUrl, tokenUrl, apiUrl, controlKey }));

// Lives no longer than whoever started it. What is worth keeping is on disk already.
const stop = () => process.exit(0);
process.stdin.on('end', stop).on('error', stop).resume();
process.on('SIGTERM', stop).on('SIGINT', stop);
