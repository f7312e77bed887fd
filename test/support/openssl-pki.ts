import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * OpenSSL as the foreign signer: certificates after the Kazakh profile, CRLs and CMS made by its command line at test time.
 * Everything lies in one temporary folder of the process and is removed when it ends; keys are made once and shared.
 */

/** The instant the tests look from, taken once: OpenSSL stamps its signatures with the real time. Certificates are valid around it. */
export const AT = `${new Date().toISOString().slice(0, 19)}Z`;

/** An instant some days (or parts of a day) away from that one. */
export function daysFromNow(days: number): string {
  return `${new Date(Date.parse(AT) + Math.round(days * 86_400_000)).toISOString().slice(0, 19)}Z`;
}

const FROM = daysFromNow(-100);
const TO = daysFromNow(265);

let folder: string | null = null;
let counter = 0;

/** A folder of this process. */
export function pkiFolder(): string {
  if (folder === null) {
    folder = mkdtempSync(join(tmpdir(), 'kense-openssl-'));
    const made = folder;
    process.on('exit', () => rmSync(made, { recursive: true, force: true }));
  }
  return folder;
}

export function newPath(name: string): string {
  return join(pkiFolder(), `${++counter}-${name}`);
}

export function writeTemporary(name: string, content: string | Uint8Array): string {
  const path = newPath(name);
  writeFileSync(path, content);
  return path;
}

let opensslConfiguration = '/dev/null';

/** From now on OpenSSL of this process knows GOST, by the engine of the distribution. */
export function useGostEngine(): void {
  opensslConfiguration = writeTemporary(
    'gost.cnf',
    'openssl_conf=d\n[d]\nengines=e\n[e]\ngost=g\n[g]\nengine_id=gost\ndefault_algorithms=ALL\n',
  );
}

/** Runs OpenSSL; throws with what it said when it fails. */
export function openssl(...args: string[]): Buffer {
  return execFileSync('openssl', args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, OPENSSL_CONF: opensslConfiguration },
    maxBuffer: 64 * 1024 * 1024,
  });
}

/** Whether OpenSSL accepts: the independent judge. */
export function opensslAccepts(...args: string[]): boolean {
  return opensslComplaint(...args) === null;
}

/** What OpenSSL says against it, null when it accepts. */
export function opensslComplaint(...args: string[]): string | null {
  try {
    openssl(...args);
    return null;
  } catch (error) {
    return String((error as { stderr?: Buffer }).stderr ?? error);
  }
}

/** GOST keys go with the name of their parameter set, as the engine calls it. */
export type KeyKind = 'rsa' | 'rsa-1024' | 'P-256' | 'P-384' | 'P-521' | 'secp256k1' | `gost2012_${256 | 512}:${string}`;
const keys = new Map<string, string>();

/** Path of a private key; the same name gives the same key. */
export function keyOf(name: string, kind: KeyKind = 'rsa'): string {
  const id = `${kind}-${name}`;
  let path = keys.get(id);
  if (path === undefined) {
    path = newPath(`${id.replace(':', '-')}.key`);
    const options =
      kind === 'rsa'
        ? ['RSA', 'rsa_keygen_bits:2048']
        : kind === 'rsa-1024'
          ? ['RSA', 'rsa_keygen_bits:1024']
          : kind.startsWith('gost')
            ? [kind.split(':')[0], `paramset:${kind.split(':')[1]}`]
            : ['EC', `ec_paramgen_curve:${kind}`];
    openssl('genpkey', '-algorithm', options[0]!, '-pkeyopt', options[1]!, '-out', path);
    keys.set(id, path);
  }
  return path;
}

export type Certificate = {
  readonly pem: string;
  readonly key: string;
  readonly der: Uint8Array;
  readonly subject: string;
};

export type CertificateRequest = {
  /** As `openssl -subj`, e.g. `/CN=ТЕСТОВ ТЕСТ/C=KZ`. */
  readonly subject: string;
  readonly key?: string;
  /** Absent: self-signed. */
  readonly issuer?: Certificate;
  /** Lines of an extension section. */
  readonly extensions?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly serial?: string;
  readonly digest?: string;
};

export const CA_EXTENSIONS = ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign,cRLSign', 'subjectKeyIdentifier=hash'];
export const SIGNING_EXTENSIONS = [
  'keyUsage=critical,digitalSignature,nonRepudiation',
  'extendedKeyUsage=emailProtection,1.2.398.3.3.4.1.1',
  'subjectKeyIdentifier=hash',
  'authorityKeyIdentifier=keyid',
];

const opensslTime = (instant: string): string => `${instant.replace(/\D/g, '').slice(0, 14)}Z`;

const SUBJECT_FIELDS = 'CN SN serialNumber C L ST O OU GN UID DC title businessCategory emailAddress'.split(' ');

function caConfiguration(issuer: { pem: string; key: string }, database: string, more: readonly string[]): string {
  mkdirSync(database, { recursive: true });
  return [
    '[ca]',
    'default_ca=own',
    '[own]',
    `certificate=${issuer.pem}`,
    `private_key=${issuer.key}`,
    `database=${join(database, 'index.txt')}`,
    `serial=${join(database, 'serial')}`,
    `crlnumber=${join(database, 'crlnumber')}`,
    `new_certs_dir=${database}`,
    'default_md=sha256',
    'policy=any',
    'preserve=yes',
    'unique_subject=no',
    'string_mask=utf8only',
    'utf8=yes',
    'crl_extensions=crl_ext',
    '[any]',
    ...SUBJECT_FIELDS.map((field) => `${field}=optional`),
    ...more,
  ].join('\n');
}

/** Issues a certificate with any validity. */
export function issue(request: CertificateRequest): Certificate {
  const key = request.key ?? keyOf(`key-${++counter}`);
  const signing = writeTemporary('req.cnf', '[req]\ndistinguished_name=dn\nstring_mask=utf8only\n[dn]\n');
  const csr = newPath('request.pem');
  openssl('req', '-new', '-config', signing, '-utf8', '-key', key, '-subj', request.subject, '-multivalue-rdn', '-out', csr);
  const database = newPath('database');
  const configuration = writeTemporary('ca.cnf', caConfiguration(request.issuer ?? { pem: '/dev/null', key }, database, []));
  writeFileSync(join(database, 'index.txt'), '');
  writeFileSync(join(database, 'serial'), request.serial ?? `4A${String(++counter).padStart(10, '0')}`);
  const extensions = writeTemporary('ext.cnf', (request.extensions ?? SIGNING_EXTENSIONS).join('\n'));
  const pem = newPath('certificate.pem');
  openssl(
    ...[
      'ca',
      '-batch',
      '-notext',
      '-config',
      configuration,
      '-in',
      csr,
      '-out',
      pem,
      '-extfile',
      extensions,
      '-md',
      request.digest ?? 'sha256',
    ],
    ...['-startdate', opensslTime(request.from ?? FROM), '-enddate', opensslTime(request.to ?? TO)],
    ...(request.issuer ? [] : ['-selfsign']),
  );
  return { pem, key, der: derOf(pem), subject: request.subject };
}

export function derOf(pem: string): Uint8Array {
  return new Uint8Array(openssl('x509', '-in', pem, '-outform', 'DER'));
}

export type Revoked = { readonly certificate: Certificate; readonly at?: string; readonly reason?: string };

/** A CRL in DER. */
export function issueCrl(
  issuer: Certificate,
  options: {
    revoked?: readonly Revoked[];
    from?: string;
    to?: string;
    number?: number;
    extensions?: readonly string[];
    digest?: string;
  } = {},
): Uint8Array {
  const database = newPath('database');
  const more = ['[crl_ext]', ...(options.extensions ?? ['authorityKeyIdentifier=keyid'])];
  const configuration = writeTemporary('ca.cnf', caConfiguration({ pem: issuer.pem, key: issuer.key }, database, more));
  const lines = (options.revoked ?? []).map(({ certificate, at, reason }) => {
    const serial = openssl('x509', '-in', certificate.pem, '-noout', '-serial').toString().trim().split('=')[1]!;
    const date = opensslTime(at ?? daysFromNow(-10)).slice(2);
    return `R\t401231000000Z\t${date}${reason ? `,${reason}` : ''}\t${serial}\tunknown\t/CN=x\n`;
  });
  writeFileSync(join(database, 'index.txt'), lines.join(''));
  writeFileSync(join(database, 'crlnumber'), (options.number ?? 16).toString(16).padStart(4, '0'));
  const pem = newPath('crl.pem');
  openssl(
    ...['ca', '-gencrl', '-config', configuration, '-out', pem, '-md', options.digest ?? 'sha256'],
    ...['-crl_lastupdate', opensslTime(options.from ?? daysFromNow(-0.5)), '-crl_nextupdate', opensslTime(options.to ?? daysFromNow(0.5))],
  );
  return new Uint8Array(openssl('crl', '-in', pem, '-outform', 'DER'));
}

export type CmsOptions = {
  readonly content: Uint8Array;
  readonly signers: readonly Certificate[];
  /** Certificates that travel beside. */
  readonly chain?: readonly Certificate[];
  readonly attached?: boolean;
  /** Further arguments of `openssl cms -sign`; `-cades` adds signing-certificate-v2 and is on unless `plain`. */
  readonly args?: readonly string[];
  readonly plain?: boolean;
  readonly form?: 'DER' | 'PEM';
};

/** A CMS SignedData by OpenSSL. */
export function signCms(options: CmsOptions): Uint8Array {
  const content = writeTemporary('content', options.content);
  const out = newPath('signature.p7s');
  const chain = options.chain?.length
    ? ['-certfile', writeTemporary('chain.pem', options.chain.map(({ pem }) => readFileSync(pem, 'utf8')).join('\n'))]
    : [];
  openssl(
    ...['cms', '-sign', '-binary', '-in', content, '-md', 'sha256', '-outform', options.form ?? 'DER', '-out', out, '-nosmimecap'],
    ...(options.attached ? ['-nodetach'] : []),
    ...(options.plain ? [] : ['-cades']),
    ...chain,
    ...options.signers.flatMap(({ pem, key }) => [
      '-signer',
      pem,
      '-inkey',
      key,
      ...(options.args?.filter((arg) => arg.startsWith('rsa_')).flatMap((arg) => ['-keyopt', arg]) ?? []),
    ]),
    ...(options.args?.filter((arg) => !arg.startsWith('rsa_')) ?? []),
  );
  return new Uint8Array(readFileSync(out));
}

/** Adds a further SignerInfo to a message, without its certificate. */
export function resignCms(cms: Uint8Array, signer: Certificate): Uint8Array {
  const out = newPath('resigned.p7s');
  openssl(
    ...['cms', '-resign', '-binary', '-inform', 'DER', '-in', writeTemporary('cms.der', cms), '-outform', 'DER', '-out', out, '-nocerts'],
    ...['-nosmimecap', '-cades', '-signer', signer.pem, '-inkey', signer.key],
  );
  return new Uint8Array(readFileSync(out));
}

/** What OpenSSL says against a CMS at the tests' instant, with chain, with revocation when CRLs are given; null when it verifies. */
export function opensslComplaintOnCms(
  cms: Uint8Array,
  content: Uint8Array | null,
  anchors: readonly Certificate[],
  crls: readonly Uint8Array[] = [],
): string | null {
  const trusted = writeTemporary('anchors.pem', [...anchors.map(({ pem }) => readFileSync(pem, 'utf8')), ...crls.map(crlPem)].join('\n'));
  const complaint = opensslComplaint(
    ...[
      'cms',
      '-verify',
      '-binary',
      '-inform',
      'DER',
      '-in',
      writeTemporary('cms.der', cms),
      '-CAfile',
      trusted,
      '-no-CApath',
      '-out',
      '/dev/null',
    ],
    ...['-attime', String(Date.parse(AT) / 1000), '-purpose', 'any'],
    ...(crls.length > 0 ? ['-crl_check_all'] : ['-partial_chain']),
    ...(content ? ['-content', writeTemporary('content', content)] : []),
  );
  return complaint;
}

export function crlPem(der: Uint8Array): string {
  return `-----BEGIN X509 CRL-----\n${Buffer.from(der)
    .toString('base64')
    .match(/.{1,64}/g)!
    .join('\n')}\n-----END X509 CRL-----\n`;
}

/** The usual hierarchy: a root, an issuing authority, a person's signing certificate, fresh CRLs of both authorities. */
export type Hierarchy = {
  readonly root: Certificate;
  readonly authority: Certificate;
  readonly person: Certificate;
  readonly crls: readonly Uint8Array[];
};

export const PERSON = '/CN=ТЕСТОВ ТЕСТ/SN=ТЕСТОВ/serialNumber=IIN870131400019/C=KZ/GN=ТЕСТОВИЧ';
export const AUTHORITY = '/CN=ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (RSA) TEST/C=KZ';
export const ROOT = '/CN=НЕГІЗГІ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (RSA) TEST/C=KZ';

let hierarchy: Hierarchy | null = null;

export function standardHierarchy(): Hierarchy {
  if (hierarchy === null) {
    const years = { from: daysFromNow(-2000), to: daysFromNow(5000) };
    const root = issue({ subject: ROOT, key: keyOf('root'), extensions: CA_EXTENSIONS, ...years });
    const authority = issue({
      subject: AUTHORITY,
      key: keyOf('authority'),
      issuer: root,
      extensions: [...CA_EXTENSIONS, 'authorityKeyIdentifier=keyid'],
      ...years,
    });
    const person = issue({ subject: PERSON, key: keyOf('person'), issuer: authority });
    hierarchy = { root, authority, person, crls: [issueCrl(root), issueCrl(authority)] };
  }
  return hierarchy;
}
