import { inheritParameters } from '../algorithms/public-key.ts';
import type { ValueOutcome } from '../algorithms/verify-value.ts';
import type { CertificateFacts } from '../certificates/read-certificate.ts';
import type { CertificatePool } from './certificate-pool.ts';

/** A chain of names and signatures from a certificate to an anchor; whether it is acceptable is for the checks to say. */
export type CertificatePath = {
  /** The certificate in question first, the anchor last; one entry when it is an anchor itself. */
  readonly certificates: readonly CertificateFacts[];
  readonly anchor: CertificateFacts;
  /** For each certificate but the last: the signature by its successor, `valid` or `unsupported`. */
  readonly links: readonly ValueOutcome[];
};

type Link = { readonly issuer: CertificateFacts; readonly outcome: ValueOutcome };
type Node = { readonly certificate: CertificateFacts; readonly links: readonly Link[] };

/** Bounds that no honest hierarchy reaches; cross-certified bombs run into them and find no path. */
const MAX_NODES = 256;
const MAX_LINKS = 16_384;
const MAX_LENGTH = 12;
const MAX_PATHS = 16;
const MAX_STEPS = 2_000;

/**
 * Paths from a certificate to the anchors, fully verified and short ones first. Issuers are found by their full name; the authority key
 * identifier only orders the candidates. Every certificate is expanded once and every dead end is found once, then the walk goes only
 * where an anchor can be reached, never through one certificate twice.
 */
export function findPaths(leaf: CertificateFacts, pool: CertificatePool): CertificatePath[] {
  const nodes = explore(leaf, pool);
  const distance = distancesToAnchors(nodes, pool);
  const paths: CertificatePath[] = [];
  const chain: CertificateFacts[] = [leaf];
  const outcomes: ValueOutcome[] = [];
  let steps = 0;
  const walk = (certificate: CertificateFacts): void => {
    if (paths.length >= MAX_PATHS || ++steps > MAX_STEPS) return;
    if (pool.isAnchor(certificate)) {
      const path = withInheritedKeys({ certificates: [...chain], anchor: certificate, links: [...outcomes] }, pool);
      if (path) paths.push(path);
      return;
    }
    if (chain.length >= MAX_LENGTH) return;
    const rank = (link: Link): number => (distance.get(link.issuer.sha256) ?? 0) + (link.outcome === 'valid' ? 0 : MAX_LENGTH);
    const links = nodes.get(certificate.sha256)?.links.filter((link) => distance.has(link.issuer.sha256)) ?? [];
    for (const link of [...links].sort((a, b) => rank(a) - rank(b))) {
      if (chain.some((member) => member.sha256 === link.issuer.sha256)) continue;
      chain.push(link.issuer);
      outcomes.push(link.outcome);
      walk(link.issuer);
      chain.pop();
      outcomes.pop();
    }
  };
  walk(leaf);
  const unverified = (path: CertificatePath): number => path.links.filter((outcome) => outcome !== 'valid').length;
  return paths.sort((a, b) => unverified(a) - unverified(b) || a.links.length - b.links.length);
}

/**
 * Keys without parameters take those of the key that certified them on this very path (RFC 5280 §6.1.4 (d)–(f)), and what they signed is
 * checked then; null when it proves to be wrong.
 */
function withInheritedKeys(path: CertificatePath, pool: CertificatePool): CertificatePath | null {
  const certificates = [...path.certificates];
  const links = [...path.links];
  for (let i = links.length - 1; i > 0; i--) {
    const [certificate, issuer, below] = [certificates[i], certificates[i + 1], certificates[i - 1]];
    if (!certificate || !issuer || !below) break;
    const key = inheritParameters(certificate.key, issuer.key);
    if (key === certificate.key) continue;
    certificates[i] = { ...certificate, key };
    const outcome = pool.signedBy(below, { key });
    if (outcome === 'invalid') return null;
    links[i - 1] = outcome;
  }
  return { ...path, certificates, links };
}

function explore(leaf: CertificateFacts, pool: CertificatePool): Map<string, Node> {
  const nodes = new Map<string, Node>();
  const waiting = [leaf];
  let tried = 0;
  for (let certificate = waiting.shift(); certificate && nodes.size < MAX_NODES; certificate = waiting.shift()) {
    if (nodes.has(certificate.sha256)) continue;
    const links: Link[] = [];
    if (!pool.isAnchor(certificate)) {
      for (const issuer of candidates(certificate, pool)) {
        if (++tried > MAX_LINKS) break;
        const outcome = pool.signedBy(certificate, issuer);
        if (outcome === 'invalid') continue;
        links.push({ issuer, outcome });
        waiting.push(issuer);
      }
    }
    nodes.set(certificate.sha256, { certificate, links });
  }
  return nodes;
}

/** Anchors first, then those whose key identifier fits: most links are found with one signature check. */
function candidates(certificate: CertificateFacts, pool: CertificatePool): CertificateFacts[] {
  const hint = certificate.authorityKeyIdentifier;
  const rank = (issuer: CertificateFacts): number =>
    (pool.isAnchor(issuer) ? 0 : 1) + (hint === null || issuer.subjectKeyIdentifier === hint ? 0 : 2);
  return pool
    .bySubject(certificate.issuer.key)
    .filter((issuer) => issuer.sha256 !== certificate.sha256)
    .sort((a, b) => rank(a) - rank(b));
}

/** Links to the nearest anchor for every certificate from which one can be reached; the rest are dead ends. */
function distancesToAnchors(nodes: Map<string, Node>, pool: CertificatePool): Map<string, number> {
  const children = new Map<string, string[]>();
  for (const [id, node] of nodes)
    for (const { issuer } of node.links) children.set(issuer.sha256, [...(children.get(issuer.sha256) ?? []), id]);
  const distance = new Map<string, number>();
  let front = [...nodes.values()].filter(({ certificate }) => pool.isAnchor(certificate)).map(({ certificate }) => certificate.sha256);
  for (let steps = 0; front.length > 0; steps++) {
    front = [...new Set(front)].filter((id) => !distance.has(id));
    for (const id of front) distance.set(id, steps);
    front = front.flatMap((id) => children.get(id) ?? []);
  }
  return distance;
}
