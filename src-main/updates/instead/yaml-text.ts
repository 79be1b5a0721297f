import { parse } from 'yaml';

/** js-yaml's, over the parser that is here already. @throws where it is no YAML */
export function load(text: string): unknown {
  return parse(text);
}
