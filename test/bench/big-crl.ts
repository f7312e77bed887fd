import { createPrivateKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { der } from '../../main/asn1/index.ts';
import { readCertificate } from '../../main/signature/index.ts';
import { AT, daysFromNow, standardHierarchy } from '../support/openssl-pki.ts';

const SHA256_WITH_RSA = der.sequence(der.oid('1.2.840.113549.1.1.11'), der.nullValue());

/** A list as long as the national ones, 50 octets an entry: serial numbers of 20 octets, dates and reasons. */
export function bigCrl(entries: number): Uint8Array {
  const { authority } = standardHierarchy();
  const date = der.time(daysFromNow(-30));
  const reason = der.sequence(der.sequence(der.oid('2.5.29.21'), der.octetString(der.enumerated(4))));
  const list = Array.from({ length: entries }, (_, i) => {
    const serial = Buffer.alloc(20, 0x11);
    serial.writeUInt32BE(i, 4);
    serial.writeUInt32BE(Math.imul(i, 2_654_435_761) >>> 0, 12);
    return der.sequence(der.integer(serial), date, reason);
  });
  const tbs = der.sequence(
    der.integer(1),
    SHA256_WITH_RSA,
    subjectOf(authority.der),
    der.time(AT),
    der.time(daysFromNow(1)),
    der.raw(0x30, Buffer.concat(list)),
  );
  return der.sequence(tbs, SHA256_WITH_RSA, der.bitString(sign('sha256', tbs, createPrivateKey(readFileSync(authority.key)))));
}

function subjectOf(certificate: Uint8Array): Uint8Array {
  return readCertificate(certificate)!.subject.raw;
}
