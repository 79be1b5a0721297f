import type { MockTracker } from 'node:test';
import { DatabaseSync } from 'node:sqlite';

/** What SQLite answers for ENOLCK (NFS without a lock daemon) and for ENOSYS (Lustre without `flock`). */
const LOCKLESS = { ENOLCK: 5, ENOSYS: 3850 } as const;

/** From now on no lock goes through in this folder for this process, as on a file system without locks. */
export function letNoLocksThrough(
  mock: Pick<MockTracker, 'method'>,
  folder: string,
  as: keyof typeof LOCKLESS,
): void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its database below
  const { exec } = DatabaseSync.prototype;
  mock.method(DatabaseSync.prototype, 'exec', function (this: DatabaseSync, sql: string) {
    if (this.location()?.startsWith(`${folder}/`) !== true) return exec.call(this, sql);
    throw Object.assign(new Error('no lock'), { code: 'ERR_SQLITE_ERROR', errcode: LOCKLESS[as] });
  });
}

/** The kernel's numbers; of the call itself on x64 and on arm64. */
const FCNTL = process.arch === 'x64' ? 72 : 25;
const F_SETLK = 6;
const ERRNO = { ENOLCK: 37, ENOSYS: 38 } as const;

/** A filter of system calls (`struct sock_filter`s, as `bwrap --seccomp` reads them) that answers every lock by this error. */
export function lockFilter(as: keyof typeof ERRNO): Buffer {
  const steps = [
    // The call's number, then the low half of its second argument; anything else is let through.
    [0x20, 0, 0, 0],
    [0x15, 0, 3, FCNTL],
    [0x20, 0, 0, 24],
    [0x15, 0, 1, F_SETLK],
    [0x06, 0, 0, 0x00050000 | ERRNO[as]],
    [0x06, 0, 0, 0x7fff0000],
  ] as const;
  return Buffer.concat(
    steps.map(([code, whenTrue, whenFalse, value]) => {
      const step = Buffer.alloc(8);
      step.writeUInt16LE(code, 0);
      step.writeUInt8(whenTrue, 2);
      step.writeUInt8(whenFalse, 3);
      step.writeUInt32LE(value, 4);
      return step;
    }),
  );
}
