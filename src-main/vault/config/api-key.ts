import { isSeq, type YAMLMap } from 'yaml';
import { textsOf } from './config-entry.ts';
import { lookUp, textOf, type YamlTree } from './yaml-tree.ts';

/** Where a key stands (`facts.md` section 3). */
export const API_KEY_PATH = ['providers', 'anthropic', 'api_key'] as const;
export const API_KEY = API_KEY_PATH[2];
const LISTED_KEYS = 'api_keys';

/** The API keys of a config file: secrets. */
export interface ConfiguredKeys {
  /** `api_key`, a placeholder as it stands; empty for none. */
  readonly own: string;
  /** `api_keys`, other programs' own. */
  readonly listed: readonly string[];
}

export const NO_KEYS: ConfiguredKeys = { own: '', listed: [] };

/** @param anthropic the map `providers.anthropic` */
export function readKeys(tree: YamlTree, anthropic: YAMLMap): ConfiguredKeys {
  const listed = lookUp(tree, anthropic, LISTED_KEYS);
  return {
    own: textOf(lookUp(tree, anthropic, API_KEY)),
    listed: isSeq(listed) ? textsOf(tree, listed.items).filter((text) => text !== '') : [],
  };
}
