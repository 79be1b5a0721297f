/**
 * A reporter for `node --test` that says nothing but the run's final counts, as one line of JSON.
 *
 * @param {AsyncIterable<{ type: string, data?: any }>} events
 */
export default async function* countsReporter(events) {
  for await (const { type, data } of events) {
    // One summary per file names that file; the last, of the whole run, names none.
    if (type === 'test:summary' && data.file === undefined) yield `${JSON.stringify(data.counts)}\n`;
  }
}
