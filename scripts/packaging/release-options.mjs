import { SetUpError } from '../set-up/set-up-error.mjs';

/**
 * What makes a build a release, as options of electron-builder: where newer versions are announced, and the key that has
 * to have signed that (docs/release.md). None, unless the environment says both.
 *
 * @param {NodeJS.ProcessEnv} environment
 * @returns {string[]}
 * @throws {SetUpError} where it says half of it, or an address that no app would ask
 */
export function releaseOptions(environment) {
  const url = environment['LATCHKEY_RELEASE_FEED'] ?? '';
  const key = environment['LATCHKEY_RELEASE_PUBLIC_KEY'] ?? '';
  if (url === '' && key === '') return [];
  if (!url.startsWith('https://') || key === '') {
    throw new SetUpError(
      'A release needs both: LATCHKEY_RELEASE_FEED (https) and LATCHKEY_RELEASE_PUBLIC_KEY.',
    );
  }
  return [
    // Has electron-builder write the announcements.
    '--config.publish.provider=generic',
    `--config.publish.url=${url}`,
    `--config.extraMetadata.releaseFeed.url=${url}`,
    `--config.extraMetadata.releaseFeed.publicKey=${key}`,
  ];
}
