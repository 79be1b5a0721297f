const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MILLISECONDS = 100;
const TITLE_WIDTH = 20;

/**
 * @typedef {object} Progress
 * @property {<T>(title: string, work: (note: (text: string) => void) => Promise<T>) => Promise<T>} step
 *   runs `work` and prints one line for it with the time it took; `note` adds words to that line
 * @property {(text: string) => void} say prints a line of its own
 */

/**
 * Progress on standard error, since standard output may belong to an answer (`latchkey token`): one calm line per
 * step, that moves while the step runs only where a person is looking at a terminal.
 *
 * @param {{ write(text: string): unknown, isTTY?: boolean }} [stream]
 * @returns {Progress}
 */
export function createProgress(stream = process.stderr) {
  return {
    say: (text) => void stream.write(`${text}\n`),
    async step(title, work) {
      const started = performance.now();
      const elapsed = () => performance.now() - started;
      /** @type {string[]} */
      const notes = [];
      let frame = 0;
      const ticker = stream.isTTY
        ? setInterval(() => {
            const picture = FRAMES[frame++ % FRAMES.length] ?? '';
            stream.write(`\r\u001B[K  ${picture} ${line(title, elapsed(), [])}`);
          }, FRAME_MILLISECONDS)
        : undefined;
      /** @param {string} mark */
      const end = (mark) => {
        clearInterval(ticker);
        if (stream.isTTY) stream.write('\r\u001B[K');
        stream.write(`  ${mark} ${line(title, elapsed(), notes)}\n`);
      };
      try {
        const result = await work((text) => notes.push(text));
        end('✓');
        return result;
      } catch (error) {
        end('✗');
        throw error;
      }
    },
  };
}

/** @param {string} title @param {number} milliseconds @param {readonly string[]} notes */
function line(title, milliseconds, notes) {
  const time = formatDuration(milliseconds).padStart(10);
  return [title.padEnd(TITLE_WIDTH) + time, ...notes].join('  ');
}

/**
 * A duration for a person: tenths of a second below a minute, then minutes and seconds.
 *
 * @param {number} milliseconds
 */
export function formatDuration(milliseconds) {
  const tenths = Math.round(milliseconds / 100);
  if (tenths < 600) return `${(tenths / 10).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}
