import type { Instant } from '../domain/instant.ts';
import type { Surroundings } from '../domain/snapshot.ts';
import type { Updates, UpdateState } from '../domain/updates.ts';
import { BRINGERS } from '../domain/updates.ts';
import type { Words } from './words.ts';

/** What is said of newer versions where there is room to say it. */
export function describeUpdates(
  { updates: texts, format }: Words,
  updates: Updates | null,
  { packageKind }: Pick<Surroundings, 'packageKind'>,
  now: Instant,
): string {
  const bringer = BRINGERS[packageKind];
  if (updates === null) return bringer === 'package-manager' ? texts.byOthers : texts.byNobody;
  const { state, lookedAt } = updates;
  switch (state.is) {
    case 'idle':
      return texts.idle;
    case 'looking':
      return texts.looking;
    case 'current':
      return lookedAt === null ? texts.idle : texts.current(format.instant(lookedAt, now));
    case 'available':
      return bringer === 'latchkey'
        ? texts.available(state.version)
        : texts.availableElsewhere(state.version);
    case 'downloading':
      return texts.downloading(state.version, format.percent(state.share));
    case 'ready':
      return texts.ready(state.version);
    case 'failed':
      return texts.troubles[state.trouble];
  }
}

/** The tray's one line of it. */
export function updateLine({ updates }: Words, state: UpdateState): string {
  if (state.is === 'ready') return updates.trayReady(state.version);
  return 'version' in state ? updates.trayAvailable(state.version) : '';
}
