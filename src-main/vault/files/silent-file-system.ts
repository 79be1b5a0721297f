import { statfs } from 'node:fs/promises';

/** By the numbers of Linux (statfs(2)). */
const SILENT: ReadonlySet<number> = new Set([
  0x6969, // NFS
  0x517b, // SMB
  0xff534d42, // CIFS
  0xfe534d42, // SMB2
  0x01021997, // 9p: WSL, virtual machines
  0x65735546, // FUSE: Docker Desktop, sshfs
  0x786f4256, // VirtualBox
  0xbacbacbc, // VMware
  0x00c36400, // Ceph
  0x5346414f, // AFS
  0x0bd00bd0, // Lustre
  0x47504653, // GPFS
]);

/**
 * Whether a folder is on a file system where others write that are no processes of this machine, and nobody tells of
 * that: a watch succeeds there and stays silent. `false` where it cannot be told, and elsewhere than on Linux. Never rejects.
 */
export async function isSilent(folder: string): Promise<boolean> {
  try {
    return SILENT.has((await statfs(folder)).type);
  } catch {
    return false;
  }
}
