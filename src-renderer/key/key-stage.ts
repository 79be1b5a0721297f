import { gravityOf } from '../../src-main/domain/gravity.ts';
import type { Snapshot } from '../../src-main/domain/snapshot.ts';
import { keyIcon, type IconState } from '../../src-main/words/tray-tooltip-words.ts';
import { toneOf } from '../trouble/tone.ts';

/** The keychain has the key, and does not give it out: neither a test nor a program gets it. */
export function isKeyLocked({ troubles }: Pick<Snapshot, 'troubles'>): boolean {
  return troubles.some(({ code }) => code === 'key-locked');
}

/** The picture at the top of the key's page: nothing on it is graver than that tells, and healthy is what has no card. */
export function keyStageIcon({ apiKey, troubles }: Pick<Snapshot, 'apiKey' | 'troubles'>): IconState {
  const icon = keyIcon(apiKey);
  if (icon === 'trouble' || troubles.some((failure) => toneOf(failure) === 'trouble')) return 'trouble';
  if (isKeyLocked({ troubles })) return 'needs-you';
  if (icon !== 'valid') return icon;
  const tried = apiKey.test?.failure ?? null;
  const isUntold = tried !== null && gravityOf(tried) !== 'calm';
  return isUntold || troubles.some((failure) => toneOf(failure) !== 'calm') ? 'expiring' : 'valid';
}
