import { X509Certificate } from 'node:crypto';
import fs from 'node:fs';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import { RegistryStartError } from '../start-error.ts';

/** PEM files. With `clientCa` only those get in who show a certificate that it has issued. */
export type TlsFiles = {
  readonly cert: string;
  readonly key: string;
  readonly clientCa: string | null;
  readonly minVersion: 'TLSv1.2' | 'TLSv1.3';
};

/** What is in the files now, tried out; `input-invalid` when no server can be run with it. */
export function readTls(files: TlsFiles): SecureContextOptions {
  try {
    for (const file of [files.cert, ...(files.clientCa === null ? [] : [files.clientCa])]) new X509Certificate(fs.readFileSync(file));
    const options: SecureContextOptions = {
      cert: fs.readFileSync(files.cert),
      key: fs.readFileSync(files.key),
      minVersion: files.minVersion,
      ...(files.clientCa === null ? {} : { ca: fs.readFileSync(files.clientCa) }),
    };
    createSecureContext(options);
    return options;
  } catch {
    throw new RegistryStartError('input-invalid', 'The TLS files cannot be read, or the key is not that of the certificate.');
  }
}
