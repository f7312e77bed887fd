import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import people from '../../resources/training/people.json' with { type: 'json' };
import { authorityExtensions, distinguishedName, NAME, ROLE, signingExtensions, type DistinguishedName } from './certificate-profile.ts';
import { issueCertificate, keyIdentifier, type Issuer } from './issue-certificate.ts';
import { parseTrainingKit, type TrainingKit } from './training-kit.ts';

const DAY_MS = 86_400_000;
/** Signatures and revocations lie before the present, so certificates begin earlier. */
const ISSUED_DAYS_AGO = 30;
const REVOKED_DAYS_AGO = 10;
/** Authorities outlive people; people's certificates last as long as those on tokens. */
const AUTHORITY_DAYS = 20 * 365;
const PERSON_DAYS = 3 * 365;

type KeyPair = { publicKey: KeyObject; privateKey: KeyObject };
const generate = promisify(generateKeyPair);
const newRsaKey = (): Promise<KeyPair> => generate('rsa', { modulusLength: 2048 });
const newEcKey = (): Promise<KeyPair> => generate('ec', { namedCurve: 'P-256' });

/**
 * Makes a training PKI after the Kazakh certificate profile, with new keys. Takes seconds: keys are made side by side.
 * @param input.now the present, UTC ISO; nothing in the kit depends on another clock.
 */
export async function createTrainingKit(input: { now: string; newId: () => string }): Promise<TrainingKit> {
  const daysFromNow = (days: number) => new Date(Date.parse(input.now) + days * DAY_MS).toISOString();
  const notBefore = daysFromNow(-ISSUED_DAYS_AGO);
  const authorityUntil = daysFromNow(AUTHORITY_DAYS);
  const personUntil = daysFromNow(PERSON_DAYS);

  const rsaKeys = await Promise.all(Array.from({ length: 3 + people.officials.length + people.citizens.length }, newRsaKey));
  const systemKey = await newEcKey();
  const takeKey = (): KeyPair => {
    const key = rsaKeys.pop();
    if (!key) throw new Error('fewer keys than people');
    return key;
  };

  const authority = (commonName: string, parent: Issuer | null) => {
    const { publicKey, privateKey } = takeKey();
    const name = distinguishedName([
      [NAME.commonName, commonName],
      [NAME.country, 'KZ'],
    ]);
    const self: Issuer = { name, keyId: keyIdentifier(publicKey), privateKey };
    const issuer = parent ?? self;
    const extensions = authorityExtensions({ keyId: self.keyId, issuerKeyId: issuer.keyId, root: parent === null });
    const certificate = issueCertificate({ issuer, subject: name, publicKey, notBefore, notAfter: authorityUntil, extensions });
    return { issuer: self, credentials: credentials(certificate, privateKey) };
  };
  const root = authority(people.authorities.root, null);
  const issuing = authority(people.authorities.issuing, root.issuer);
  const ocspOnly = authority(people.authorities.ocspOnly, root.issuer);

  const signing = (key: KeyPair, subject: DistinguishedName, role: keyof typeof ROLE, from: 'issuing' | 'ocspOnly' = 'issuing') => {
    const issuer = from === 'issuing' ? issuing.issuer : ocspOnly.issuer;
    const extensions = signingExtensions({
      keyId: keyIdentifier(key.publicKey),
      issuerKeyId: issuer.keyId,
      extendedKeyUsages: ROLE[role],
      revocation: from === 'issuing' ? { kind: 'crl', issuer: 'issuing' } : { kind: 'ocsp' },
    });
    const certificate = issueCertificate({
      issuer,
      subject: distinguishedName(subject),
      publicKey: key.publicKey,
      notBefore,
      notAfter: personUntil,
      extensions,
    });
    return credentials(certificate, key.privateKey);
  };

  const court = { organisation: people.court.organisation, bin: people.court.bin };
  const kit = {
    version: 1,
    createdAt: new Date(input.now).toISOString(),
    authorities: { root: root.credentials, issuing: issuing.credentials, ocspOnly: ocspOnly.credentials },
    system: signing(systemKey, systemName(), 'informationSystem'),
    officials: people.officials.map((person) => ({
      id: input.newId(),
      role: person.role,
      name: fullName(person),
      iin: person.iin,
      ...signing(takeKey(), personName(person, court), person.role === 'judge' ? 'organisationSigner' : 'organisationEmployee'),
    })),
    citizens: people.citizens.map((person) => {
      const organisation = person.bin ? { organisation: person.organisationInCertificate, bin: person.bin } : null;
      const from = person.ocspOnly ? 'ocspOnly' : 'issuing';
      return {
        key: person.key,
        kind: person.kind,
        name: fullName(person),
        iin: person.iin,
        organisation: person.organisation ?? null,
        bin: person.bin ?? null,
        address: person.address,
        phone: person.phone,
        email: person.email,
        authority: from,
        revokedAt: person.revoked ? daysFromNow(-REVOKED_DAYS_AGO) : null,
        ...signing(takeKey(), personName(person, organisation), organisation ? 'organisationHead' : 'individual', from),
      };
    }),
  };
  const parsed = parseTrainingKit(kit);
  if (!parsed) throw new Error('the people of the training kit have another shape');
  return parsed;
}

type Person = { surname: string; given: string; patronymic: string; iin: string };
const fullName = (person: Person) => `${person.surname} ${person.given} ${person.patronymic}`;

function personName(person: Person, member: { organisation: string; bin: string } | null): DistinguishedName {
  return [
    [NAME.commonName, `${person.surname} ${person.given}`.toUpperCase()],
    [NAME.surname, person.surname.toUpperCase()],
    [NAME.serialNumber, `IIN${person.iin}`],
    [NAME.country, 'KZ'],
    ...(member
      ? ([
          [NAME.organisation, member.organisation],
          [NAME.organisationalUnit, `BIN${member.bin}`],
        ] as const)
      : []),
    [NAME.givenName, person.patronymic.toUpperCase()],
  ];
}

const systemName = (): DistinguishedName => [
  [NAME.userId, people.court.systemId],
  [NAME.commonName, people.court.system],
  [NAME.country, 'KZ'],
  [NAME.organisation, people.court.organisation],
  [NAME.organisationalUnit, `BIN${people.court.bin}`],
];

function credentials(certificate: Buffer, privateKey: KeyObject) {
  const lines = certificate.toString('base64').replace(/.{64}(?=.)/g, '$&\n');
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}
