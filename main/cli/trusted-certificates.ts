import fs from 'node:fs';
import path from 'node:path';

/** Every certificate in the folders, PEM (several in a file too) or DER; null when a folder cannot be read. */
export function readTrustedCertificates(dirs: readonly string[]): Uint8Array[] | null {
  try {
    return dirs.flatMap((dir) =>
      fs
        .readdirSync(dir, { withFileTypes: true })
        .filter((entry) => !entry.isDirectory())
        .map((entry) => entry.name)
        .sort()
        .flatMap((name) => splitPem(fs.readFileSync(path.join(dir, name)))),
    );
  } catch {
    return null;
  }
}

function splitPem(bytes: Buffer): Uint8Array[] {
  const blocks = bytes.toString('latin1').matchAll(/-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/g);
  const found = [...blocks].map(([, body = '']) => new Uint8Array(Buffer.from(body, 'base64')));
  return found.length > 0 ? found : [new Uint8Array(bytes)];
}
