import { createHash, sign } from 'node:crypto';
import { der, readBitOctets, readWhole, childrenOf } from '../../main/asn1/index.ts';
import { keyNamed, nameOf } from './forge-path.ts';

/** One answer: about which serial number of which issuer, and what. */
export type ForgedAnswer = {
  readonly serial: number;
  /** Named and keyed as in forge-path.ts. */
  readonly issuer: string;
  readonly issuerKey?: string;
  readonly revoked?: { readonly at: string; readonly reason?: number };
  readonly from?: string;
  readonly to?: string;
};

/** OCSP responses by node:crypto that no responder would give; signed with the key named after the responder unless told otherwise. */
export function forgeOcsp(input: {
  responder: string;
  key?: string;
  answers: readonly ForgedAnswer[];
  certificates?: readonly Uint8Array[];
  producedAt?: string;
  /** Default ECDSA with SHA-256. */
  hash?: 'sha1' | 'sha256';
}): Uint8Array {
  const hash = input.hash ?? 'sha256';
  const data = der.sequence(
    der.explicit(1, nameOf(input.responder)),
    der.generalizedTime(input.producedAt ?? '2026-11-10T00:00:00Z'),
    der.sequence(...input.answers.map(answerOf)),
  );
  const basic = der.sequence(
    data,
    der.sequence(der.oid(hash === 'sha1' ? '1.2.840.10045.4.1' : '1.2.840.10045.4.3.2')),
    der.bitString(sign(hash, data, keyNamed(input.key ?? input.responder).privateKey)),
    ...(input.certificates ? [der.explicit(0, der.sequence(...input.certificates))] : []),
  );
  return der.sequence(der.enumerated(0), der.explicit(0, der.sequence(der.oid('1.3.6.1.5.5.7.48.1.1'), der.octetString(basic))));
}

function answerOf({ serial, issuer, issuerKey, revoked, from, to }: ForgedAnswer): Uint8Array {
  const hash = (bytes: Uint8Array) => der.octetString(createHash('sha256').update(bytes).digest());
  const key = readBitOctets(childrenOf(readWhole(keyNamed(issuerKey ?? issuer).spki))[1]!);
  const status = revoked
    ? der.explicit(
        1,
        der.generalizedTime(revoked.at),
        ...(revoked.reason === undefined ? [] : [der.explicit(0, der.enumerated(revoked.reason))]),
      )
    : der.implicit(0, der.nullValue());
  return der.sequence(
    der.sequence(der.sequence(der.oid('2.16.840.1.101.3.4.2.1')), hash(nameOf(issuer)), hash(key), der.integer(serial)),
    status,
    der.generalizedTime(from ?? '2026-11-10T00:00:00Z'),
    der.explicit(0, der.generalizedTime(to ?? '2026-12-01T00:00:00Z')),
  );
}
