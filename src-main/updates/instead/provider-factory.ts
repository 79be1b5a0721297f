import type { CustomPublishOptions } from 'builder-util-runtime';
import type { AppUpdater } from 'electron-updater';
import type { Provider, ProviderRuntimeOptions } from 'electron-updater/out/providers/Provider.js';

type ProviderClass = new (
  data: CustomPublishOptions,
  updater: AppUpdater,
  options: ProviderRuntimeOptions,
) => Provider<never>;

/** electron-updater's, for a feed that is the caller's own (`setFeedURL`). */
export function createClient(
  data: CustomPublishOptions,
  updater: AppUpdater,
  options: ProviderRuntimeOptions,
): Provider<never> {
  const Feed = data.updateProvider as ProviderClass | undefined;
  if (Feed === undefined) throw new Error('No other feed is asked');
  return new Feed(data, updater, options);
}

/** Asked of other feeds only. */
export function isUrlProbablySupportMultiRangeRequests(): boolean {
  return false;
}
