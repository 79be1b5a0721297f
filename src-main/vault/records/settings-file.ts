import { join } from 'node:path';
import * as v from 'valibot';
import type { Failure } from '../../domain/failure.ts';
import type { Instant } from '../../domain/instant.ts';
import { LANGUAGE_CHOICES } from '../../domain/language.ts';
import { isKeepable, PROXY_USES } from '../../domain/proxy.ts';
import {
  DEFAULT_SETTINGS,
  isUsablePort,
  THEMES,
  TOKEN_HOSTS,
  UPDATE_CHOICES,
  type Settings,
} from '../../domain/settings.ts';
import { DataFile } from './data-file.ts';
import { fromText, instantText, toText } from '../files/instant-text.ts';

export interface StoredSettings {
  readonly settings: Settings;
  /** When the person said "I understand" (`facts.md` section 2); `null` before. */
  readonly termsAcknowledgedAt: Instant | null;
  /** When the window first opened by itself, to welcome the person; `null` before. */
  readonly welcomedAt: Instant | null;
  /** When the person was told that the app goes on in the tray, once its window is closed; `null` before. */
  readonly toldOfTrayAt: Instant | null;
  /** Where the window was when it was closed last; `null` before. */
  readonly windowPlace: { readonly x: number; readonly y: number } | null;
  /** The token host that answered last; `null` before, and since another one was chosen. */
  readonly answeringTokenHost: string | null;
  /** By origin, what the system last said of the way there, in a PAC script's words; the app learns it. */
  readonly systemProxies: Readonly<Record<string, string>>;
}

const { notifications, callbackPort, tokenHost, keychain, proxy, agent, theme, language, updates } =
  DEFAULT_SETTINGS;
const flag = (preset: boolean) => v.fallback(v.boolean(), preset);
/** One that is missing or makes no sense is as if the person had never changed it. */
const settingsSchema = v.fallback(
  v.object({
    notifications: v.fallback(
      v.object({
        signedIn: flag(notifications.signedIn),
        needsYou: flag(notifications.needsYou),
        loginEnds: flag(notifications.loginEnds),
      }),
      notifications,
    ),
    callbackPort: v.fallback(v.pipe(v.number(), v.check(isUsablePort)), callbackPort),
    tokenHost: v.fallback(v.picklist(TOKEN_HOSTS), tokenHost),
    keychain: flag(keychain),
    proxy: v.fallback(
      v.object({
        use: v.picklist(PROXY_USES),
        // A password that somebody typed into the file would be shown.
        address: v.union([v.literal(''), v.pipe(v.string(), v.check(isKeepable))]),
      }),
      proxy,
    ),
    agent: v.fallback(v.object({ serve: flag(agent.serve), ask: flag(agent.ask) }), agent),
    theme: v.fallback(v.picklist(THEMES), theme),
    language: v.fallback(v.picklist(LANGUAGE_CHOICES), language),
    updates: v.fallback(v.picklist(UPDATE_CHOICES), updates),
  }),
  DEFAULT_SETTINGS,
);
const schema = v.looseObject({
  version: v.literal(1),
  termsAcknowledgedAt: instantText,
  welcomedAt: v.optional(instantText, null),
  toldOfTrayAt: v.optional(instantText, null),
  settings: v.optional(settingsSchema, DEFAULT_SETTINGS),
  windowPlace: v.fallback(v.nullable(v.object({ x: v.number(), y: v.number() })), null),
  answeringTokenHost: v.fallback(v.nullable(v.string()), null),
  systemProxies: v.fallback(v.record(v.string(), v.string()), {}),
});

/** `settings.json`. Every method throws FailureError `data-not-writable`. */
export class SettingsFile {
  readonly #file: DataFile<v.InferOutput<typeof schema>>;

  constructor(dataDir: string) {
    this.#file = new DataFile(join(dataDir, 'settings.json'), schema, {
      version: 1,
      termsAcknowledgedAt: null,
      welcomedAt: null,
      toldOfTrayAt: null,
      settings: DEFAULT_SETTINGS,
      windowPlace: null,
      answeringTokenHost: null,
      systemProxies: {},
    });
  }

  get setAside(): Failure | null {
    return this.#file.setAside;
  }

  async read(): Promise<StoredSettings> {
    const {
      settings,
      termsAcknowledgedAt,
      welcomedAt,
      toldOfTrayAt,
      windowPlace,
      answeringTokenHost,
      systemProxies,
    } = await this.#file.read();
    return {
      settings,
      termsAcknowledgedAt: fromText(termsAcknowledgedAt),
      welcomedAt: fromText(welcomedAt),
      toldOfTrayAt: fromText(toldOfTrayAt),
      windowPlace,
      answeringTokenHost,
      systemProxies,
    };
  }

  async save(change: Partial<StoredSettings>): Promise<void> {
    await this.#file.update((content) => ({
      ...content,
      ...(change.settings === undefined ? {} : { settings: change.settings }),
      ...(change.windowPlace === undefined ? {} : { windowPlace: change.windowPlace }),
      ...(change.answeringTokenHost === undefined ? {} : { answeringTokenHost: change.answeringTokenHost }),
      ...(change.systemProxies === undefined ? {} : { systemProxies: { ...change.systemProxies } }),
      ...(change.termsAcknowledgedAt === undefined
        ? {}
        : { termsAcknowledgedAt: toText(change.termsAcknowledgedAt) }),
      ...(change.welcomedAt === undefined ? {} : { welcomedAt: toText(change.welcomedAt) }),
      ...(change.toldOfTrayAt === undefined ? {} : { toldOfTrayAt: toText(change.toldOfTrayAt) }),
    }));
  }
}
