import { readFileSync } from 'node:fs';
import { der, readTlv } from '../../main/asn1/index.ts';
import { daysFromNow, issue, keyOf, newPath, openssl, standardHierarchy, writeTemporary, type Certificate } from './openssl-pki.ts';

/** RFC 3161 tokens by OpenSSL; their time is the real time, so tests move the time of the check instead. */
export const TSA_EXTENSIONS = ['keyUsage=critical,digitalSignature', 'extendedKeyUsage=critical,timeStamping', 'subjectKeyIdentifier=hash'];

let standard: Certificate | null = null;

/** A timestamping authority under the issuing authority of the standard hierarchy. */
export function standardTsa(): Certificate {
  standard ??= issue({
    subject: '/CN=TSA SERVICE/C=KZ',
    key: keyOf('tsa'),
    issuer: standardHierarchy().authority,
    extensions: TSA_EXTENSIONS,
    to: daysFromNow(1500),
  });
  return standard;
}

export type TokenRequest = {
  readonly authority?: Certificate;
  readonly digest?: string;
  readonly policy?: string;
  /** Certificates that travel with the token. */
  readonly chain?: readonly Certificate[];
  /** The token does not carry its maker's certificate. */
  readonly bare?: boolean;
};

/** The TimeStampToken over `data`, DER. */
export function stamp(
  data: Uint8Array,
  { authority = standardTsa(), digest = 'sha256', policy = '1.2.398.3.3.2.6.2', chain, bare }: TokenRequest = {},
): Uint8Array {
  const query = newPath('query.tsq');
  openssl('ts', '-query', '-data', writeTemporary('stamped', data), `-${digest}`, ...(bare ? [] : ['-cert']), '-out', query);
  const out = newPath('token.der');
  openssl(
    ...['ts', '-reply', '-config', configurationOf(policy), '-queryfile', query, '-signer', authority.pem, '-inkey', authority.key],
    ...(chain ? ['-chain', writeTemporary('chain.pem', chain.map(({ pem }) => readFileSync(pem, 'utf8')).join('\n'))] : []),
    ...['-token_out', '-out', out],
  );
  return new Uint8Array(readFileSync(out));
}

/** The whole answer of OpenSSL to a request that somebody else made, DER; a refusal too. */
export function answerTimestampRequest(
  request: Uint8Array,
  { authority = standardTsa(), policy = '1.2.398.3.3.2.6.2' }: Pick<TokenRequest, 'authority' | 'policy'> = {},
): Uint8Array {
  const out = newPath('answer.tsr');
  openssl(
    ...['ts', '-reply', '-config', configurationOf(policy), '-queryfile', writeTemporary('query.tsq', request)],
    ...['-signer', authority.pem, '-inkey', authority.key, '-out', out],
  );
  return new Uint8Array(readFileSync(out));
}

function configurationOf(policy: string): string {
  return writeTemporary(
    'tsa.cnf',
    [
      '[tsa]',
      'default_tsa=own',
      '[own]',
      `serial=${writeTemporary('serial', '01')}`,
      `default_policy=${policy}`,
      'digests=sha1,sha256,sha384,sha512',
      'signer_digest=sha256',
      'ess_cert_id_alg=sha256',
      'ess_cert_id_chain=no',
    ].join('\n'),
  );
}

/** Adds unsigned attributes to the last signer of a CMS in DER, as whoever extends a signature does. */
export function addUnsigned(cms: Uint8Array, attributes: (value: Uint8Array) => readonly Uint8Array[]): Uint8Array {
  const [oid, wrapper] = children(cms);
  const [data] = children(wrapper!);
  const members = children(data!);
  const signers = children(members.at(-1)!);
  const signer = children(signers.at(-1)!);
  const octets = signer.findLast((item) => item[0] === 0x04)!;
  const extended = der.sequence(...signer, der.raw(0xa1, ...attributes(contentOf(octets))));
  const set = der.raw(0x31, ...signers.slice(0, -1), extended);
  return der.sequence(oid!, der.explicit(0, der.sequence(...members.slice(0, -1), set)));
}

function children(element: Uint8Array): Uint8Array[] {
  const outer = readTlv(element, 0, element.length);
  const items: Uint8Array[] = [];
  for (let at = outer.body; at < outer.end;) {
    const item = readTlv(element, at, outer.end);
    items.push(element.subarray(item.start, item.end));
    at = item.end;
  }
  return items;
}

function contentOf(element: Uint8Array): Uint8Array {
  const tlv = readTlv(element, 0, element.length);
  return element.subarray(tlv.body, tlv.end);
}
