import { X509Certificate } from 'node:crypto';
import { fail, ok, type Result } from '../../../shared/result.ts';

/** Where NCALayer listens on every workstation. */
export const NCALAYER_URL = 'wss://127.0.0.1:13579';

/** `anchors`: PEM certificates, one of which must stand behind the certificate that the program shows on its socket. */
export type NcaLayerPlace = { readonly url: string; readonly anchors: readonly string[] };

const LOOPBACK = new Set(['127.0.0.1', '[::1]']);

/**
 * An address that the bytes of an act may go to: a TLS socket of this very computer, by number, so that no name service has a say.
 * Errors: `input-invalid` (`field`: `ncalayer`).
 */
export function ncaLayerUrl(text: string): Result<string> {
  const url = URL.canParse(text) ? new URL(text) : null;
  const good = url?.protocol === 'wss:' && LOOPBACK.has(url.hostname) && url.username === '' && url.password === '' && url.hash === '';
  return good ? ok(text) : fail('input-invalid', { field: 'ncalayer' });
}

/** The certificates of a trust list that a TLS socket can be checked by, as PEM: TLS knows no GOST. */
export function tlsAnchors({
  anchors,
  certs,
}: {
  readonly anchors: readonly Uint8Array[];
  readonly certs: readonly Uint8Array[];
}): string[] {
  return [...anchors, ...certs].flatMap((der) => {
    try {
      const certificate = new X509Certificate(der);
      return certificate.ca && certificate.publicKey.asymmetricKeyType !== undefined ? [certificate.toString()] : [];
    } catch {
      return [];
    }
  });
}
