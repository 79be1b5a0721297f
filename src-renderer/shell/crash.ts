import { traceOf } from '../../src-main/domain/error-trace.ts';
import type { CommandArguments } from '../../src-preload/contract.ts';

/** What main may know of an error of the page. */
export function crashOf(error: unknown): CommandArguments<'reportCrash'>[0] {
  const { class: name, frames } = traceOf(error, `${location.origin}/`);
  return { class: name, frames: [...frames] };
}
