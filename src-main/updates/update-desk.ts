import { DAY, SECOND, type Instant } from '../domain/instant.ts';
import type { Updates, UpdateState } from '../domain/updates.ts';
import type { Found, UpdateEngine } from './engine.ts';
import { troubleOf } from './update-error.ts';
import type { UpdateMemory } from './update-file.ts';

/** After the start, when everything else is there. */
const AFTER_START = 15 * SECOND;

export interface UpdateDeskPorts {
  readonly now: () => Instant;
  /** Calls once after that many milliseconds; the answer cancels it. */
  readonly after: (milliseconds: number, call: () => void) => () => void;
  readonly memory: UpdateMemory;
  /** Loads what looks. */
  readonly loadEngine: () => Promise<UpdateEngine>;
  /** Whether a newer version can be fetched and put in place, or only be told of. */
  readonly canInstall: boolean;
  /** Whether the person wants newer versions without being asked. */
  readonly byItself: () => boolean;
  readonly show: (updates: Updates) => void;
  readonly reportError: (error: unknown) => void;
}

/**
 * Looks once a day whether there is a newer version, by one timer, and fetches it when the person says so, or has said
 * so once for all. Whatever goes wrong changes nothing but what is told.
 */
export class UpdateDesk {
  readonly #ports: UpdateDeskPorts;
  #engine: Promise<UpdateEngine> | null = null;
  #updates: Updates = { lookedAt: null, state: { is: 'idle' } };
  #skipped: string | null = null;
  #cancel: () => void = () => undefined;
  #underWay: Promise<void> | null = null;

  constructor(ports: UpdateDeskPorts) {
    this.#ports = ports;
  }

  /** Never rejects. */
  async begin(): Promise<void> {
    const { lookedAt, skipped, notPutInPlace } = await this.#ports.memory.read();
    this.#skipped = skipped;
    this.#updates = {
      lookedAt,
      state: notPutInPlace ? { is: 'failed', trouble: 'not-put-in-place' } : { is: 'idle' },
    };
    this.#ports.show(this.#updates);
    this.#arm();
  }

  /** Time may have passed unnoticed. */
  wake(): void {
    this.#arm();
  }

  end(): void {
    this.#cancel();
  }

  /** Never rejects: what is found, or what is wrong, is shown. */
  async look(): Promise<void> {
    await this.#alone(async () => {
      if (this.#updates.state.is === 'ready') return;
      this.#show({ is: 'looking' });
      const lookedAt = this.#ports.now();
      const state = await this.#looked();
      this.#updates = { lookedAt, state };
      await this.#ports.memory.save({ lookedAt, notPutInPlace: false });
      this.#ports.show(this.#updates);
      if (state.is === 'available' && !state.skipped && this.#ports.byItself())
        await this.#download(state.version);
    });
    this.#arm();
  }

  /** Fetches the one that was found. Never rejects. */
  async download(): Promise<void> {
    await this.#alone(async () => {
      const { state } = this.#updates;
      if (state.is === 'available') await this.#download(state.version);
    });
  }

  /** The person does not want this one: it is not told again. */
  async skip(): Promise<void> {
    const { state } = this.#updates;
    if (state.is !== 'available') return;
    this.#skipped = state.version;
    this.#show({ ...state, skipped: true });
    await this.#ports.memory.save({ skipped: state.version });
  }

  async #looked(): Promise<UpdateState> {
    try {
      const { version, than } = await (await this.#loaded()).look();
      return this.#judged({ version, than });
    } catch (error) {
      this.#ports.reportError(error);
      return { is: 'failed', trouble: troubleOf(error, 'feed-broken') };
    }
  }

  #judged({ version, than }: Found): UpdateState {
    if (than === 'same') return { is: 'current' };
    if (than === 'older') return { is: 'failed', trouble: 'feed-older' };
    return { is: 'available', version, skipped: version === this.#skipped };
  }

  async #download(version: string): Promise<void> {
    if (!this.#ports.canInstall) return;
    this.#show({ is: 'downloading', version, share: 0 });
    try {
      const engine = await this.#loaded();
      await engine.download((share) => this.#show({ is: 'downloading', version, share }));
      this.#show({ is: 'ready', version });
    } catch (error) {
      this.#ports.reportError(error);
      this.#show({ is: 'failed', trouble: troubleOf(error, 'file-cut-short') });
    }
  }

  #loaded(): Promise<UpdateEngine> {
    return (this.#engine ??= this.#ports.loadEngine());
  }

  /** One thing at a time; whatever comes meanwhile has to be asked for again. */
  async #alone(work: () => Promise<void>): Promise<void> {
    if (this.#underWay !== null) return this.#underWay;
    this.#underWay = work().finally(() => (this.#underWay = null));
    await this.#underWay;
  }

  #arm(): void {
    this.#cancel();
    const { now, after } = this.#ports;
    const { lookedAt } = this.#updates;
    // A clock that was set back must not end the looking.
    const due = lookedAt === null || lookedAt > now() ? now() : lookedAt + DAY;
    this.#cancel = after(Math.max(due - now(), AFTER_START), () => void this.look());
  }

  #show(state: UpdateState): void {
    this.#updates = { ...this.#updates, state };
    this.#ports.show(this.#updates);
  }
}
