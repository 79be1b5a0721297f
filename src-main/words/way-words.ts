import type { Way } from '../domain/way.ts';
import type { Words } from './words.ts';

/** The way to a server: "through proxy.example:3128, as HTTPS_PROXY says". */
export function describeWay({ network }: Words, way: Way): string {
  if (way.proxy !== null) return network.through(way.proxy, describeSource(network, way.as));
  if (way.as === 'loopback' || way.as === 'nothing') return network.direct[way.as];
  return network.directAs(describeSource(network, way.as));
}

/** Who named a proxy, or that there is none. */
export function describeSource(
  { says, variableSays }: Words['network'],
  as: Exclude<Way['as'], 'loopback' | 'nothing'>,
): string {
  return as === 'setting' || as === 'system' || as === 'app' ? says[as] : variableSays(as);
}
