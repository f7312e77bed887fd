import { sameBytes } from '../../asn1/index.ts';
import type { CertificateFacts } from '../certificates/read-certificate.ts';
import type { GeneralName } from '../certificates/general-name.ts';
import type { NameConstraints, Subtree } from '../certificates/name-constraints.ts';
import type { PathFault } from './process-policies.ts';

/** Comparisons of a name with a subtree that one path may cost. An honest path needs some hundreds. */
const MAX_COMPARISONS = 250_000;
const EMAIL_ADDRESS = '1.2.840.113549.1.9.1';

/**
 * Name constraints (RFC 5280 §6.1.3 (b)(c), §6.1.4 (g)): every name of every certificate lies within the permitted subtrees and outside
 * the excluded ones of all authorities above it, the anchor among them. Self-issued authorities are passed over, the last certificate
 * never. A constraint that is not processed closes the path as soon as a name of its form occurs.
 * @param certificates the certificate in question first, the anchor last.
 */
export function judgeNames(certificates: readonly CertificateFacts[]): PathFault | null {
  const layers: NameConstraints[] = [];
  let left = MAX_COMPARISONS;
  for (let i = certificates.length - 1; i >= 0; i--) {
    const certificate = certificates[i];
    if (certificate === undefined) break;
    const { nameConstraints, subject, issuer, sha256 } = certificate;
    const exempt = i === certificates.length - 1 || (i > 0 && subject.key === issuer.key);
    if (!exempt && layers.length > 0) {
      for (const name of namesOf(certificate))
        for (const { permitted, excluded } of layers) {
          left -= permitted.length + excluded.length;
          if (left < 0) return { reason: 'name-constraints-too-many', certificate: sha256 };
          const reason = judgeName(name, permitted, excluded);
          if (reason !== null) return { reason, certificate: sha256 };
        }
    }
    if (nameConstraints) layers.push(nameConstraints);
  }
  return null;
}

/** Subject, alternative names, and the mail addresses within the subject. */
function namesOf({ subject, subjectAltNames }: CertificateFacts): GeneralName[] {
  const mail = subject.attributes.filter(({ oid }) => oid === EMAIL_ADDRESS);
  return [
    ...(subject.rdns.length > 0 ? [{ form: 'directory' as const, name: subject }] : []),
    ...subjectAltNames,
    ...mail.map(({ text }) => ({ form: 'rfc822' as const, text: text ?? '' })),
  ];
}

function judgeName(name: GeneralName, permitted: readonly Subtree[], excluded: readonly Subtree[]): string | null {
  const ofForm = ({ base }: Subtree): boolean => base.form === name.form;
  const [allowed, forbidden] = [permitted.filter(ofForm), excluded.filter(ofForm)];
  if (allowed.length === 0 && forbidden.length === 0) return null;
  const within = WITHIN[name.form];
  if (within === undefined || [...allowed, ...forbidden].some(({ whole }) => !whole)) return 'name-constraint-unprocessed';
  const subject = READERS[name.form]?.(name) ?? null;
  if (subject === null) return 'name-malformed';
  if (forbidden.some(({ base }) => within(subject, base, true))) return 'name-excluded';
  return allowed.length === 0 || allowed.some(({ base }) => within(subject, base, false)) ? null : 'name-not-permitted';
}

/** A name as it is compared: its directory names, its octets, or its host and what stands before it. */
type Comparable = { readonly rdns?: readonly string[]; readonly octets?: Uint8Array; readonly host?: string; readonly local?: string };

/** Null for a name that cannot be compared, which a constraint on its form then closes. */
const READERS: Readonly<Record<string, (name: GeneralName) => Comparable | null>> = {
  directory: (name) => (name.form === 'directory' ? { rdns: name.name.rdns } : null),
  ip: (name) => (name.form === 'ip' && (name.octets.length === 4 || name.octets.length === 16) ? { octets: name.octets } : null),
  dns: (name) => {
    const host = name.form === 'dns' ? hostOf(name.text) : null;
    return host === null ? null : { host };
  },
  rfc822: (name) => {
    if (name.form !== 'rfc822') return null;
    const [, local, domain] = /^("[^"]*"|[^@"]+)@([^@]*)$/.exec(name.text) ?? [];
    const host = domain === undefined ? null : hostOf(domain);
    return host === null || local === undefined ? null : { host, local };
  },
  // A host by its name is the only thing a URI constraint can speak about (§4.2.1.10).
  uri: (name) => {
    const authority = name.form === 'uri' ? /^[A-Za-z][A-Za-z0-9+.-]*:\/\/([^/?#]*)/.exec(name.text)?.[1] : undefined;
    const host = authority === undefined ? null : hostOf(authority.replace(/^.*@/, '').replace(/:\d*$/, ''));
    return host === null || /^[\d.]+$/.test(host) ? null : { host };
  },
};

/** A host name in lower case without the dot of the root; null when it holds anything a host name cannot. */
function hostOf(text: string): string | null {
  const host = text.toLowerCase().replace(/\.$/, '');
  return /^(\*\.)?[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(host) ? host : null;
}

/** Whether a name lies within a subtree. `strict` is set for excluded ones: there every doubt counts as within. */
type Within = (name: Comparable, base: GeneralName, strict: boolean) => boolean;

const isBelow = (host: string, domain: string): boolean => host.endsWith(`.${domain}`);

const WITHIN: Readonly<Record<string, Within>> = {
  directory: ({ rdns = [] }, base) => base.form === 'directory' && base.name.rdns.every((rdn, i) => rdn === rdns[i]),
  ip: ({ octets = new Uint8Array() }, base, strict) => {
    if (base.form !== 'ip') return false;
    // Neither address nor mask of four or sixteen octets: excludes everything, permits nothing.
    if (base.octets.length !== 8 && base.octets.length !== 32) return strict;
    const size = base.octets.length / 2;
    const masked = (address: Uint8Array) => address.map((octet, i) => octet & (base.octets[size + i] ?? 0));
    return octets.length === size && sameBytes(masked(octets), masked(base.octets.subarray(0, size)));
  },
  dns: ({ host = '' }, base, strict) => {
    if (base.form !== 'dns') return false;
    const domain = base.text.toLowerCase().replace(/\.$/, '');
    if (domain === '' || host === domain) return true;
    if (isBelow(host, domain.replace(/^\./, ''))) return true;
    // A wildcard stands for hosts below it too, one of which may be excluded.
    return strict && host.startsWith('*.') && isBelow(domain, host.slice(2));
  },
  rfc822: ({ host = '', local = '' }, base, strict) => {
    if (base.form !== 'rfc822') return false;
    const at = base.text.lastIndexOf('@');
    const domain = base.text.slice(at + 1).toLowerCase();
    if (domain.startsWith('.')) return isBelow(host, domain.slice(1));
    if (at < 0) return domain === '' || host === domain;
    const wanted = base.text.slice(0, at);
    return host === domain && (local === wanted || (strict && local.toLowerCase() === wanted.toLowerCase()));
  },
  uri: ({ host = '' }, base) => {
    if (base.form !== 'uri') return false;
    const domain = base.text.toLowerCase();
    return domain.startsWith('.') ? isBelow(host, domain.slice(1)) : domain === '' || host === domain;
  },
};
