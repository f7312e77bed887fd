import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { tempDir } from '../temp-dir.ts';

export type PemFiles = { readonly cert: string; readonly key: string };
/** An authority of a court's own network, made by OpenSSL. */
export type TlsAuthority = {
  readonly ca: string;
  /** Certificate for this machine as a server, or for a desk as a client. */
  issue(name: string): PemFiles;
};

export function tlsAuthority(name: string): TlsAuthority {
  const dir = tempDir();
  const file = (of: string) => path.join(dir, of);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'ignore' });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  openssl('req', '-x509', ...newKey, '-days', '2', '-subj', `/CN=${name}`, '-keyout', file('ca.key'), '-out', file('ca.pem'));
  let serial = 0;
  return {
    ca: file('ca.pem'),
    issue(subject) {
      const [cert, key, request, names] = ['pem', 'key', 'csr', 'ext'].map((of) => file(`${++serial}.${of}`)) as [
        string,
        string,
        string,
        string,
      ];
      fs.writeFileSync(names, 'subjectAltName=DNS:localhost,IP:127.0.0.1\n');
      openssl('req', '-new', ...newKey, '-subj', `/CN=${subject}`, '-keyout', key, '-out', request);
      const issuer = ['-CA', file('ca.pem'), '-CAkey', file('ca.key'), '-set_serial', String(serial)];
      openssl('x509', '-req', '-in', request, ...issuer, '-days', '2', '-extfile', names, '-out', cert);
      return { cert, key };
    },
  };
}
