// `npm run walks [-- --seeds 1-200 --events 5-18 --minutes 10]`: random orders of what people, other programs,
// the service and the machine do, each followed by a look at what became of the logins. Ends with exit code 1 when a
// promise was not kept, and with how that is seen again: `--seeds 17 --replay 3,7,9` plays those events of the seed alone.
import { parseArgs } from 'node:util';
import { plan, type Planned } from './plan.ts';
import { shrink } from './shrink.ts';
import { walk, type Walk } from './walk.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1-200' },
    events: { type: 'string', default: '5-18' },
    minutes: { type: 'string', default: '10' },
    replay: { type: 'string' },
  },
});
const [from, to] = range('seeds', values.seeds);
const [least, most] = range('events', values.events);
const minutes = Number(values.minutes);
if (!(minutes > 0)) throw new RangeError('--minutes wants a number above 0');

function range(name: string, text: string): readonly [number, number] {
  const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  if (first === undefined || Number(first) > Number(last)) throw new RangeError(`--${name} wants 7 or 1-200`);
  return [Number(first), Number(last)];
}

async function report(seed: number, planned: readonly Planned[], result: Walk): Promise<void> {
  const kind = result.violations[0]?.kind;
  const fails = async (fewer: readonly Planned[]) => (await walk(seed, fewer)).violations[0]?.kind === kind;
  const isReplay = values.replay !== undefined;
  const fewest = isReplay ? planned : await shrink(planned, fails);
  const { lines, violations } = isReplay ? result : await walk(seed, fewest);
  const told = violations.map((each) => `→ ${each.kind}: ${each.told}`);
  if (told.length === 0) told.push('→ this time every promise is kept');
  console.log([`\nSeed ${seed}:`, ...lines, ...told].join('\n  '));
  const replay = fewest.map(({ place }) => place).join(',');
  console.log(`  npm run walks -- --seeds ${seed} --events ${values.events} --replay ${replay || '0'}`);
}

const places = values.replay?.split(',').map(Number);
const started = performance.now();
let [walks, events, failed] = [0, 0, 0];
for (let seed = from; seed <= to && performance.now() - started < minutes * 60_000; seed++) {
  const planned = plan(seed, { least, most }).filter(({ place }) => places?.includes(place) ?? true);
  const result = await walk(seed, planned);
  walks += 1;
  events += result.count;
  if (result.violations.length === 0 && places === undefined) continue;
  if (result.violations.length > 0) failed += 1;
  await report(seed, planned, result);
}
const took = (performance.now() - started) / 60_000;
console.log(
  `\n${walks} walks of ${events} events in ${took.toFixed(1)} minutes: ${failed} in which a promise was not kept.`,
);
// What a killed process waited for may hold this one up.
process.exit(failed > 0 ? 1 : 0);
