import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import * as tls from 'node:tls';

/**
 * Whom to trust: Node's own authorities, the system's, and those of a file. To be made once: it takes tens of
 * milliseconds, and a certificate that is added later counts after a restart.
 *
 * @param extraFile as NODE_EXTRA_CA_CERTS names it, which Node itself reads only where a runtime lets it
 */
export async function trustedAuthorities(extraFile: string | null): Promise<tls.SecureContext> {
  const extra = extraFile === null ? [] : await readable(extraFile);
  return tls.createSecureContext({
    ca: [...new Set([...tls.rootCertificates, ...systemCertificates(), ...extra])],
  });
}

function systemCertificates(): readonly string[] {
  try {
    // Node 22.13 and 22.14 do not have it yet.
    const { getCACertificates } = tls as Partial<typeof tls>;
    return getCACertificates?.('system') ?? [];
  } catch {
    // A store that cannot be read takes nothing away from the others.
    return [];
  }
}

/** As Node does, what cannot be read is left out: it would make every connection impossible. */
async function readable(file: string): Promise<readonly string[]> {
  try {
    const text = await readFile(file, 'utf8');
    const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g);
    return (blocks ?? []).filter(isCertificate);
  } catch {
    return [];
  }
}

function isCertificate(text: string): boolean {
  try {
    return new X509Certificate(text).raw.length > 0;
  } catch {
    return false;
  }
}
