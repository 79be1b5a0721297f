/** As much of builder-util-runtime as electron-updater and we use. */
export { CancellationError, CancellationToken } from 'builder-util-runtime/out/CancellationToken.js';
export { newError } from 'builder-util-runtime/out/error.js';
export {
  configureRequestOptions,
  configureRequestUrl,
  HttpError,
  HttpExecutor,
  safeStringifyJson,
} from 'builder-util-runtime/out/httpExecutor.js';
export { asArray } from 'builder-util-runtime/out/objects.js';
export { retry } from 'builder-util-runtime/out/retry.js';
export { parseDn } from 'builder-util-runtime/out/rfc2253Parser.js';
export { UUID } from 'builder-util-runtime/out/uuid.js';

/** Its names of what lies in the cache. */
export const CURRENT_APP_INSTALLER_FILE_NAME = 'installer.exe';
export const CURRENT_APP_PACKAGE_FILE_NAME = 'package.7z';
