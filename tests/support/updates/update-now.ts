import { readFileSync } from 'node:fs';
import type { ReleaseFeed } from '../../../src-main/updates/release-feed.ts';
import { troubleOf } from '../../../src-main/updates/update-error.ts';
import { installed } from './engine.ts';

// `node update-now.ts <feed as JSON> <folder>`: looks, fetches, and puts in place, in a process that can be killed, or
// has a small disk. Prints what it did, a word a line.

const [given = '', folder = ''] = process.argv.slice(2);
const feed = JSON.parse(given) as Omit<ReleaseFeed, 'url'> & { readonly url: string };
const say = (word: string) => process.stdout.write(`${word}\n`);
const { engine, quit, installErrors } = await installed({ ...feed, url: new URL(feed.url) }, folder);
try {
  await engine.look();
  say('found');
  await engine.download(() => undefined);
  say('ready');
  quit();
  say(installErrors.length === 0 ? 'placed' : troubleOf(installErrors[0], 'not-put-in-place'));
} catch (error) {
  say(troubleOf(error, 'feed-broken'));
}
say(readFileSync(process.env['APPIMAGE'] ?? '', 'utf8').slice(0, 3));
