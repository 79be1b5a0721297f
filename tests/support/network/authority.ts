import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A certificate authority of the test's own, and one certificate of it. Paths of PEM files. */
export interface Authority {
  readonly authority: string;
  readonly key: string;
  readonly cert: string;
}

export function makeAuthority(folder: string, organization: string, names: readonly string[]): Authority {
  const path = (name: string) => join(folder, name);
  const openssl = (...words: readonly string[]) => execFileSync('openssl', words, { stdio: 'pipe' });
  const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl(
    ...['req', '-x509', ...ec, '-days', '2', '-subj', `/O=${organization}/CN=Root`],
    ...['-keyout', path('authority.key'), '-out', path('authority.pem')],
  );
  openssl(
    ...['req', '-new', ...ec, '-subj', `/CN=${names[0] ?? ''}`],
    ...['-keyout', path('server.key'), '-out', path('server.csr')],
  );
  const alternatives = names.map((name) => (/^[\d.]+$|:/.test(name) ? `IP:${name}` : `DNS:${name}`));
  writeFileSync(path('names'), `subjectAltName=${alternatives.join(',')}\n`);
  openssl(
    ...['x509', '-req', '-in', path('server.csr'), '-days', '2', '-extfile', path('names')],
    ...['-CA', path('authority.pem'), '-CAkey', path('authority.key'), '-CAcreateserial'],
    ...['-out', path('server.pem')],
  );
  return { authority: path('authority.pem'), key: path('server.key'), cert: path('server.pem') };
}
