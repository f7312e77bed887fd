import { readFileSync } from 'node:fs';
import {
  daysFromNow,
  issue,
  keyOf,
  newPath,
  openssl,
  standardHierarchy,
  writeTemporary,
  type Certificate,
  type Revoked,
} from './openssl-pki.ts';

/** OCSP responses by OpenSSL. Their thisUpdate is the real time, so tests move the time of the check instead. */
export type OcspRequest = {
  readonly issuer: Certificate;
  readonly certificate: Certificate;
  readonly responder?: Certificate;
  readonly revoked?: readonly Revoked[];
  /** The responder does not know the certificate. */
  readonly unknown?: boolean;
  /** Minutes until nextUpdate; absent: none is stated. */
  readonly minutes?: number;
  readonly digest?: string;
  readonly nonce?: boolean;
  readonly byKey?: boolean;
};

export const RESPONDER_EXTENSIONS = ['keyUsage=critical,digitalSignature', 'extendedKeyUsage=OCSPSigning', 'noCheck=ignored'];

let standard: Certificate | null = null;

/** The responder the issuing authority of the standard hierarchy has made. */
export function standardResponder(): Certificate {
  standard ??= issue({
    subject: '/CN=OCSP RESPONDER/C=KZ',
    key: keyOf('responder'),
    issuer: standardHierarchy().authority,
    extensions: RESPONDER_EXTENSIONS,
    to: daysFromNow(400),
  });
  return standard;
}

/** A DER OCSPResponse. */
export function answerOcsp(request: OcspRequest): Uint8Array {
  const { issuer, certificate } = request;
  const responder = request.responder ?? standardResponder();
  const query = newPath('ocsp-request.der');
  openssl(
    'ocsp',
    `-${request.digest ?? 'sha256'}`,
    '-issuer',
    issuer.pem,
    '-cert',
    certificate.pem,
    request.nonce ? '-nonce' : '-no_nonce',
    '-reqout',
    query,
  );
  const out = newPath('ocsp-response.der');
  const serial = openssl('x509', '-in', certificate.pem, '-noout', '-serial').toString().trim().split('=')[1]!;
  const time = (instant: string): string => `${instant.replace(/\D/g, '').slice(2, 14)}Z`;
  const entry = request.revoked?.find((item) => item.certificate === certificate);
  const line = entry
    ? `R\t401231000000Z\t${time(entry.at ?? daysFromNow(-10))}${entry.reason ? `,${entry.reason}` : ''}\t${serial}\tunknown\t/CN=x\n`
    : `V\t401231000000Z\t\t${serial}\tunknown\t/CN=x\n`;
  openssl(
    ...['ocsp', '-index', writeTemporary('index.txt', request.unknown ? '' : line), '-CA', issuer.pem, '-rsigner', responder.pem],
    ...['-rkey', responder.key, '-reqin', query, '-respout', out, '-rmd', 'sha256'],
    ...(request.minutes === undefined ? [] : ['-nmin', String(request.minutes)]),
    ...(request.byKey ? ['-resp_key_id'] : []),
  );
  return new Uint8Array(readFileSync(out));
}

/** The same bytes with one octet of the signature changed. */
export function breakSignature(response: Uint8Array, responder: Certificate): Uint8Array {
  const broken = Buffer.from(response);
  const certificate = broken.indexOf(Buffer.from(responder.der));
  // The signature value ends right before the bag with the responder's certificate.
  const at = certificate - 16;
  broken[at] = broken[at]! ^ 0xff;
  return broken;
}
