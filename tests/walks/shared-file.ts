import { mkdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parse, stringify } from 'yaml';
import { MINUTE } from '../../src-main/domain/instant.ts';
import { resolveLinks } from '../../src-main/vault/files/atomic-write.ts';
import type { Family } from './token-service.ts';

/** An entry as other programs know it (`facts.md` section 3). */
export interface Entry {
  id: string;
  client_id?: string;
  access_token?: string;
  refresh_token?: string;
  expires_at?: string;
  scopes?: readonly string[];
}

interface Content {
  readonly providers: { readonly anthropic: { oauth_credentials: Entry[] } };
}

const CLIENT_ID = '9d1c250a-e61b-44d9-88ed-5944d1962f5e';

const told = (instant: number) => new Date(instant).toISOString().replace(/\.\d+/, '');

export function entryOf({ access, current, accessEnds }: Family, id: string): Entry {
  const tokens = { access_token: access, refresh_token: current, expires_at: told(accessEnds) };
  return { id, client_id: CLIENT_ID, ...tokens, scopes: ['user:inference'] };
}

/** The config file as other programs read and write it: they know of no lock. */
export class SharedFile {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** `null` where there is none. */
  text(): Promise<string | null> {
    return readFile(this.path, 'utf8').catch(() => null);
  }

  /** `null` where nobody can tell, since it is no YAML, or has none of ours. */
  async entries(): Promise<Entry[] | null> {
    return contentOf(await this.text())?.providers.anthropic.oauth_credentials ?? null;
  }

  async write(text: string): Promise<void> {
    const path = await resolveLinks(this.path);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(`${path}.tmp`, text, { mode: 0o600 });
    await rename(`${path}.tmp`, path);
    await this.rest();
  }

  /** A link stays, and leads nowhere: where it gives way to a file what was lost stays under its former name, a listed way. */
  async remove(): Promise<void> {
    await rm(await resolveLinks(this.path));
    await this.rest();
  }

  /** @returns what `change` told; a file that nobody can read is left alone */
  async edit(change: (entries: Entry[]) => string | null): Promise<string> {
    const content = contentOf(await this.text());
    if (content === null) return 'and cannot read the file';
    const answer = change(content.providers.anthropic.oauth_credentials);
    if (answer !== null) await this.write(stringify(content, { aliasDuplicateObjects: false }));
    return answer ?? 'and finds nothing';
  }

  /** Lets it have been so for a while: what was written just now may be half of it. */
  async rest(): Promise<void> {
    const before = new Date(Date.now() - MINUTE);
    for (const path of [this.path, dirname(this.path)])
      await utimes(path, before, before).catch(() => undefined);
  }
}

function contentOf(text: string | null): Content | null {
  try {
    const content = parse(text ?? '') as Partial<Content> | null;
    return Array.isArray(content?.providers?.anthropic.oauth_credentials) ? (content as Content) : null;
  } catch {
    return null;
  }
}
