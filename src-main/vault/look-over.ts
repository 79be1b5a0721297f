import type { Check } from '../domain/check.ts';
import type { Failure } from '../domain/failure.ts';
import { writeObstacle } from './files/writable.ts';
import type { Places } from './places.ts';

/**
 * Where credentials go, and what stands in the way there now. Stores nothing. Never rejects.
 *
 * @param load the troubles of reading it all
 */
export async function lookOver(
  places: Places,
  load: () => Promise<readonly Failure[]>,
): Promise<readonly Check[]> {
  const { path } = places.configFile;
  const [troubles, fileObstacle, folderObstacle] = await Promise.all([
    load(),
    writeObstacle(path),
    writeObstacle(places.accountsFile.path),
    places.inKeychain.read(),
  ]);
  const failures = [...troubles];
  if (fileObstacle !== null) failures.push({ code: 'config-not-writable', path, reason: fileObstacle });
  if (folderObstacle !== null) {
    failures.push({ code: 'data-not-writable', path: places.dataDir, reason: folderObstacle });
  }
  const once = failures.filter(({ code }, at) => failures.findIndex((each) => each.code === code) === at);
  const ofData = ({ code }: Failure) => code === 'data-not-writable' || code === 'data-set-aside';
  const keychain: Check = {
    part: 'keychain',
    about: null,
    failures: places.inKeychain.obstacle === null ? [] : [places.inKeychain.obstacle],
  };
  return [
    { part: 'config-file', about: path, failures: once.filter((failure) => !ofData(failure)) },
    { part: 'data-folder', about: places.dataDir, failures: once.filter(ofData) },
    // Not missed where none is wanted.
    ...(places.inKeychain.isOn ? [keychain] : []),
  ];
}
