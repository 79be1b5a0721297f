import { inspect } from 'node:util';
import { HOUR, MINUTE, SECOND } from '../../src-main/domain/instant.ts';
import { lostIds } from './event.ts';
import type { Entry } from './shared-file.ts';
import type { Family } from './token-service.ts';
import type { World } from './world.ts';

/** A promise that was not kept. */
export interface Violation {
  /** What kind it is: while a walk gets shorter, that stays. */
  readonly kind: string;
  readonly told: string;
}

/** What Latchkey did so far that it must never do. */
export function offences({ service, faults }: World): readonly Violation[] {
  return [...service.offences, ...faults.map((error) => ({ kind: 'fault', told: inspect(error) }))];
}

/** The machine is started anew, and all is well: the disk, the keychain, the service and the file. */
export async function getWell(world: World): Promise<void> {
  const { service, disk, file } = world;
  await world.quitApp();
  disk.full = [];
  world.isKeychainLocked = false;
  service.moods.length = 0;
  service.tellsOwner = true;
  if (world.whole !== null) await file.write(world.whole);
  await world.startApp();
  await world.pass(6 * MINUTE);
}

/**
 * Whatever lives has to be renewed within a day, or to be told where it stands in the file; and what stands there no more
 * has to come back where everything that is offered is put back. Nothing is asked of what no Latchkey has received or
 * seen, and of what somebody has given up.
 */
export async function unkept(world: World): Promise<readonly Violation[]> {
  const { service, file } = world;
  const living = service.families.filter(isToBeKept);
  const before = new Map(living.map((family) => [family, family.access]));
  const found = await wrongOwners(world);
  await world.pass(27 * HOUR);
  const accounts = tellAccounts(world);
  const lost = world.app === null ? [] : lostIds(world.app.login);
  const away: Family[] = [];
  for (const family of living) {
    if (family.isOver) found.push({ kind: 'ended', told: `${family.person}’s login has ended; ${accounts}` });
    if (!isToBeKept(family) || family.access !== before.get(family)) continue;
    const entries = ((await file.entries()) ?? []).filter((entry) => isIn(world, family, entry));
    const ids = entries.map(({ id }) => id).join(', ');
    const told = `${family.person}’s login under ${ids}; ${accounts}`;
    if (entries.length === 0) away.push(family);
    else if (!entries.some(({ id }) => lost.includes(id))) found.push({ kind: 'not renewed', told });
  }
  const kept = await world.kept();
  const missing = await notPutBack(world, away);
  for (const family of missing) {
    const where = kept.includes(family.current) ? 'is kept, and not offered' : 'is nowhere';
    found.push({ kind: 'lost', told: `${family.person}’s login ${where}; ${accounts}` });
  }
  return found;
}

function isToBeKept({ isKnown, isOver, givenUp }: Family): boolean {
  return isKnown && !isOver && givenUp === null;
}

/** Whether a login stands in an entry, or its access token does and the keychain has what renews it. */
function isIn({ keychains }: World, { access, current }: Family, entry: Entry): boolean {
  if (entry.refresh_token !== undefined) return entry.refresh_token === current;
  const secrets = keychains?.secrets.held ?? [];
  return (
    entry.access_token === access && secrets.some(({ credential }) => credential.refreshToken === current)
  );
}

/** Puts back what is offered, and what is offered in its turn then. @returns those that never came */
async function notPutBack(world: World, away: readonly Family[]): Promise<readonly Family[]> {
  const missing = new Map(away.map((family) => [family, family.current]));
  for (let round = 0; round < 3 && missing.size > 0; round++) {
    for (const id of world.app === null ? [] : lostIds(world.app.login)) {
      await world.app?.do((login) => login.putBack(id));
      await world.idle();
      const entries = (await world.file.entries()) ?? [];
      for (const [family, token] of missing)
        if (family.current !== token || entries.some((entry) => isIn(world, family, entry)))
          missing.delete(family);
      await world.pass(5 * SECOND);
    }
  }
  return [...missing.keys()];
}

/** Nobody is shown another one's login as theirs. */
async function wrongOwners({ app, file, service }: World): Promise<Violation[]> {
  const entries = (await file.entries()) ?? [];
  if (app === null) return [];
  return app.login.snapshot.accounts.flatMap(({ id, owner }) => {
    const entry = entries.find((each) => each.id === id);
    const family = service.livingBy(entry?.refresh_token, entry?.access_token);
    const shown = owner?.accountUuid ?? null;
    if (family === undefined || shown === null || shown === family.person) return [];
    if (lostIds(app.login).includes(id)) return [];
    return [{ kind: 'wrong owner', told: `${id} is shown as ${shown}’s, and is ${family.person}’s` }];
  });
}

function tellAccounts({ app }: World): string {
  const accounts = app?.login.snapshot.accounts ?? [];
  const shown = accounts.map(({ id, owner, whereabouts, troubles }) => {
    const codes = troubles.map(
      (each) => `${each.code}${'copy' in each && !each.copy ? ' without a copy' : ''}`,
    );
    return [id, `of ${owner?.accountUuid ?? 'somebody'}`, `in ${whereabouts}`, ...codes].join(' ');
  });
  return `the app shows ${shown.join(', ') || 'nothing'}`;
}
