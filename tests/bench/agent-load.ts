import { request } from 'node:http';

// `node agent-load.ts <socket>`: makes the requests that it is told on its standard input, a line a time: `<in a row>
// <at once>`. For each line it prints one, how many milliseconds they took: of those in a row each, of those at once all
// together. A process of its own, so that whoever asks does not keep the watch waiting.

const [, , socketPath = ''] = process.argv;

function get(): Promise<void> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { socketPath, path: '/v1/token', agent: false, headers: { Host: 'localhost' } },
      (response) => {
        response.resume();
        response.once('end', () =>
          response.statusCode === 200 ? resolve() : reject(new Error(String(response.statusCode))),
        );
      },
    );
    asked.once('error', reject);
    asked.end();
  });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

process.stdin.setEncoding('utf8');
for await (const text of process.stdin) {
  const [inARow = 0, atOnce = 0] = String(text).split(' ').map(Number);
  const times: number[] = [];
  for (let each = 0; each < inARow; each++) times.push(await timed(get));
  if (atOnce > 0) times.push(await timed(() => Promise.all(Array.from({ length: atOnce }, get))));
  process.stdout.write(`${JSON.stringify(times)}\n`);
}
