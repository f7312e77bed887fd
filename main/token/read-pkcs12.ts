import forge from 'node-forge';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { fail, ok, type Result } from '../../shared/result.ts';

/** What a PKCS#12 file holds: PKCS#8 private keys and certificates, DER, in the order of the file. */
export type Pkcs12Contents = {
  readonly privateKeys: readonly { readonly algorithm: string; readonly pkcs8: Buffer }[];
  readonly certificates: readonly Buffer[];
};

/** A file whose outer shape was read; its contents open with the right PIN alone. */
export type SealedPkcs12 = { unseal(pin: Buffer): Result<Pkcs12Contents> };

type Asn1 = forge.asn1.Asn1;

const OID = {
  data: '1.2.840.113549.1.7.1',
  encryptedData: '1.2.840.113549.1.7.6',
  keyBag: '1.2.840.113549.1.12.10.1.1',
  shroudedKeyBag: '1.2.840.113549.1.12.10.1.2',
  certBag: '1.2.840.113549.1.12.10.1.3',
  pbes2: '1.2.840.113549.1.5.13',
  nestedBag: '1.2.840.113549.1.12.10.1.6',
  x509: '1.2.840.113549.1.9.22.1',
} as const;

const MAC_HASHES = {
  '1.3.14.3.2.26': { name: 'sha1', create: () => forge.md.sha1.create() },
  '2.16.840.1.101.3.4.2.1': { name: 'sha256', create: () => forge.md.sha256.create() },
  '2.16.840.1.101.3.4.2.2': { name: 'sha384', create: () => forge.md.sha384.create() },
  '2.16.840.1.101.3.4.2.3': { name: 'sha512', create: () => forge.md.sha512.create() },
} as const;

/** The purpose octet of a MAC key in the PKCS#12 derivation (RFC 7292 §B.3). */
const MAC_KEY = 3;

/** Key derivation runs in JavaScript; a file that asks for more would hold the host for long. */
const MAX_ITERATIONS = 600_000;

/**
 * Reads the outer shape of a PKCS#12 file, BER as the Kazakh authority writes it or DER.
 * Wrong PIN is told from a broken file by the file's own MAC, so a file without one is refused.
 * The ciphers are node-forge's: the authority's files use RC2-40, which Electron's BoringSSL does not have.
 * Certificates keep their very bytes; node-forge would write them anew.
 */
export function readPkcs12(file: Buffer): Result<SealedPkcs12> {
  try {
    const pfx = parse(file);
    const authSafe = part(pfx, 1);
    const mac = part(pfx, 2);
    if (oidAt(authSafe, 0) !== OID.data) return fail('key-unreadable', { reason: 'format' });
    const content = octets(part(part(authSafe, 1), 0));
    const hash = MAC_HASHES[oidAt(part(part(mac, 0), 0), 0) as keyof typeof MAC_HASHES];
    if (!hash) return fail('key-unreadable', { reason: 'algorithm', algorithm: oidAt(part(part(mac, 0), 0), 0) });
    const expected = octets(part(part(mac, 0), 1));
    const salt = octets(part(mac, 1));
    const iterations = parts(mac).length > 2 ? iterationCount(part(mac, 2)) : 1;

    const unseal = (pin: Buffer): Result<Pkcs12Contents> => {
      // node-forge takes the PIN as a string, which cannot be zeroed: it lives until the collector takes it.
      const password = pin.toString('utf8');
      const digest = hash.create();
      const macKey = forge.pkcs12.generateKey(
        password,
        forge.util.createBuffer(salt.toString('binary')),
        MAC_KEY,
        iterations,
        digest.digestLength,
        digest,
      );
      const actual = createHmac(hash.name, Buffer.from(macKey.getBytes(), 'binary')).update(content).digest();
      if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) return fail('pin-wrong');
      try {
        return ok(openSafes(content, password));
      } catch {
        return fail('key-unreadable', { reason: 'format' });
      }
    };
    return ok({ unseal });
  } catch {
    return fail('key-unreadable', { reason: 'format' });
  }
}

function openSafes(content: Buffer, password: string): Pkcs12Contents {
  const privateKeys: { algorithm: string; pkcs8: Buffer }[] = [];
  const certificates: Buffer[] = [];

  const takeKey = (info: Asn1) => privateKeys.push({ algorithm: oidAt(part(info, 1), 0), pkcs8: encode(info) });
  const takeBag = (bag: Asn1): void => {
    const type = oidAt(bag, 0);
    const value = part(part(bag, 1), 0);
    if (type === OID.keyBag) takeKey(value);
    else if (type === OID.shroudedKeyBag) takeKey(decrypt(part(value, 0), octets(part(value, 1)), password));
    else if (type === OID.certBag && oidAt(value, 0) === OID.x509) certificates.push(octets(part(part(value, 1), 0)));
    else if (type === OID.nestedBag) parts(value).forEach(takeBag);
  };

  for (const safe of parts(parse(content))) {
    const body = part(part(safe, 1), 0);
    const type = oidAt(safe, 0);
    if (type === OID.data) parts(parse(octets(body))).forEach(takeBag);
    else if (type === OID.encryptedData) {
      const encrypted = part(body, 1);
      parts(decrypt(part(encrypted, 1), octets(part(encrypted, 2)), password)).forEach(takeBag);
    }
  }
  return { privateKeys, certificates };
}

/** Encrypted contents have the algorithm and the octets of an EncryptedPrivateKeyInfo, so one decryption serves both. */
function decrypt(algorithm: Asn1, ciphertext: Buffer, password: string): Asn1 {
  checkIterations(algorithm);
  const { Class, Type } = forge.asn1;
  const info = forge.asn1.create(Class.UNIVERSAL, Type.SEQUENCE, true, [
    algorithm,
    forge.asn1.create(Class.UNIVERSAL, Type.OCTETSTRING, false, ciphertext.toString('binary')),
  ]);
  // PBES2 takes the PIN as UTF-8 octets; the older schemes as UTF-16, which node-forge makes of the text itself.
  return forge.pki.decryptPrivateKeyInfo(info, oidAt(algorithm, 0) === OID.pbes2 ? forge.util.encodeUtf8(password) : password);
}

function checkIterations(node: Asn1): void {
  if (typeof node.value !== 'string') node.value.forEach(checkIterations);
  else if (node.tagClass === forge.asn1.Class.UNIVERSAL && node.type === forge.asn1.Type.INTEGER) iterationCount(node);
}

function iterationCount(node: Asn1): number {
  const bytes = octets(node);
  const count = bytes.length > 4 ? Infinity : bytes.readUIntBE(0, bytes.length);
  if (count < 1 || count > MAX_ITERATIONS) throw new Error('iteration count out of bounds');
  return count;
}

const parse = (bytes: Buffer): Asn1 => forge.asn1.fromDer(bytes.toString('binary'));
const encode = (node: Asn1): Buffer => Buffer.from(forge.asn1.toDer(node).getBytes(), 'binary');

function parts(node: Asn1): Asn1[] {
  if (typeof node.value === 'string') throw new Error('constructed value expected');
  return node.value;
}

function part(node: Asn1, index: number): Asn1 {
  const found = parts(node)[index];
  if (!found) throw new Error('value missing');
  return found;
}

function oidAt(node: Asn1, index: number): string {
  const found = part(node, index);
  if (found.type !== forge.asn1.Type.OID || typeof found.value !== 'string') throw new Error('object identifier expected');
  return forge.asn1.derToOid(found.value);
}

/** BER may cut an octet string into pieces. */
function octets(node: Asn1): Buffer {
  return typeof node.value === 'string' ? Buffer.from(node.value, 'binary') : Buffer.concat(node.value.map(octets));
}
