import { API_KEY_PATH } from './api-key.ts';
import { Splice, type Insertion } from './splice.ts';
import type { TextEdit } from './text-edit.ts';
import { headEnd, tokenEnd } from './yaml-tokens.ts';
import { doubleQuoted, scalarText } from './yaml-text.ts';

/** Works out the edits that change `providers.anthropic.api_key` in the text of a config file, and nothing else. */
export class ApiKeySplice extends Splice {
  /** @param key empty for none: its line stays, and with it what a person wrote beside it */
  setApiKey(key: string): TextEdit[] {
    const { root } = this.tree;
    const place = root === null ? null : this.locate(root, API_KEY_PATH);
    const [name, hasValue] = [API_KEY_PATH.join('.'), place?.kind === 'value'];
    if (key === '' && !hasValue) return [];
    const insertion: Insertion = {
      block: (keys) => chain(keys, scalarText(key), this.step),
      flow: (keys) => keys.reduceRight((inner, each) => `{"${each}": ${inner}}`, doubleQuoted(key)),
    };
    if (place === null) return [this.intoEmptyDocument(API_KEY_PATH, insertion)];
    if (place.kind === 'value' || (place.pair !== null && place.missing.length === 0)) {
      if (place.pair === null) throw new Error('unreachable: a value has its pair');
      this.refuseTagged(place.pair, name);
      const token = place.pair.srcToken?.value;
      if (key === '' && token?.type === 'scalar' && place.map.flow !== true) {
        // Without quotes, as it was: the same key is put back byte for byte.
        return [{ start: headEnd(place.pair), end: tokenEnd(token), text: '' }];
      }
      return this.setText(place.map, place.pair, name, key);
    }
    return place.pair === null
      ? [this.addToMap(place.map, place.missing, insertion)]
      : this.fill(place.map, place.pair, place.missing, insertion);
  }
}

/** The lines of keys, each in the map of the one before, and of the value of the last. */
function chain([key = '', ...rest]: readonly string[], value: string, step: number): string[] {
  if (rest.length === 0) return [`${key}: ${value}`];
  return [`${key}:`, ...chain(rest, value, step).map((line) => ' '.repeat(step) + line)];
}
