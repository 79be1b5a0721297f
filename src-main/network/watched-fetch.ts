import type { ReportError } from '../domain/log-line.ts';
import type { Fetch } from './network.ts';

/** The same `fetch`; of each request that fails, or is refused, the log learns host, duration and status. */
export function watchedFetch(fetch: Fetch, report: ReportError): Fetch {
  return async (url, init) => {
    const begun = performance.now();
    const facts = () => ({ host: url.host, milliseconds: Math.round(performance.now() - begun) });
    try {
      const answer = await fetch(url, init);
      if (answer.status >= 400) report('request', new Refused(), { ...facts(), status: answer.status });
      return answer;
    } catch (error) {
      // One that the person called off is no error.
      const isCalledOff = error instanceof Error && error.name === 'AbortError';
      if (!isCalledOff) report('request', error, facts());
      throw error;
    }
  };
}

class Refused extends Error {
  override readonly name = 'Refused';
}
