import forge from 'node-forge';
import { createHash, createHmac, randomBytes, type KeyObject } from 'node:crypto';
import { der } from '../asn1/index.ts';

const ITERATIONS = 2048;
const MAC_KEY = 3;
const DATA = '1.2.840.113549.1.7.1';

/**
 * A PKCS#12 file (RFC 7292): the key under AES-256 by the PIN, the certificates in the clear, a MAC over both.
 * Written here because node-forge would write the certificates anew and break the letters of their names.
 */
export function packPkcs12(input: {
  privateKey: KeyObject;
  certificate: Uint8Array;
  chain: readonly Uint8Array[];
  friendlyName: string;
  pin: string;
}): Buffer {
  const localKeyId = createHash('sha256').update(input.certificate).digest().subarray(0, 20);
  const attributes = der.set(
    der.sequence(der.oid('1.2.840.113549.1.9.20'), der.set(bmpString(input.friendlyName))),
    der.sequence(der.oid('1.2.840.113549.1.9.21'), der.set(der.octetString(localKeyId))),
  );
  const encryptedKey = input.privateKey.export({ type: 'pkcs8', format: 'der', cipher: 'aes-256-cbc', passphrase: input.pin });
  const keyBag = der.sequence(der.oid('1.2.840.113549.1.12.10.1.2'), der.explicit(0, encryptedKey), attributes);
  const certBag = (certificate: Uint8Array, ...more: Uint8Array[]) =>
    der.sequence(
      der.oid('1.2.840.113549.1.12.10.1.3'),
      der.explicit(0, der.sequence(der.oid('1.2.840.113549.1.9.22.1'), der.explicit(0, der.octetString(certificate)))),
      ...more,
    );
  const safes = [
    der.sequence(certBag(input.certificate, attributes), ...input.chain.map((certificate) => certBag(certificate))),
    der.sequence(keyBag),
  ];
  const content = der.sequence(...safes.map(dataContent));
  return Buffer.from(der.sequence(der.integer(3), dataContent(content), macData(content, input.pin)));
}

const dataContent = (content: Uint8Array) => der.sequence(der.oid(DATA), der.explicit(0, der.octetString(content)));

function macData(content: Uint8Array, pin: string): Uint8Array {
  const salt = randomBytes(16);
  const md = forge.md.sha256.create();
  const key = forge.pkcs12.generateKey(pin, forge.util.createBuffer(salt.toString('binary')), MAC_KEY, ITERATIONS, md.digestLength, md);
  const mac = createHmac('sha256', Buffer.from(key.getBytes(), 'binary')).update(content).digest();
  const sha256 = der.sequence(der.oid('2.16.840.1.101.3.4.2.1'), der.nullValue());
  return der.sequence(der.sequence(sha256, der.octetString(mac)), der.octetString(salt), der.integer(ITERATIONS));
}

/** UTF-16, big end first. */
const bmpString = (text: string) => der.raw(0x1e, Buffer.from(text, 'utf16le').swap16());
