import { tokenTrace } from './credential-trace.ts';
import type { Known } from './places.ts';

/** Every refresh token that we know, as traces. */
export function knownTokens({
  records,
  recordsElsewhere,
  spent,
  kept,
  elsewhere,
}: Known): ReadonlySet<string | null> {
  const all = [...records.values(), ...recordsElsewhere];
  return new Set([
    ...all.map(({ known }) => known?.token ?? null),
    ...[...kept.values(), ...elsewhere].map(({ credential }) => tokenTrace(credential.refreshToken)),
    ...spent.keys(),
  ]);
}
