import type { SignatureReport } from '../../shared/domain/verdict.ts';
import { verifyWithEvidence } from '../evidence/index.ts';
import { addValidationData } from '../pdf/index.ts';
import { verifyFile } from '../signature/index.ts';
import { isAtLeast, type SealingParts } from './sealing-parts.ts';

/** For everything that one file asks of responders. */
const ASKING_MS = 14_000;

type Proven =
  | { readonly ok: true; readonly value: Uint8Array }
  | { readonly ok: false; readonly error: { readonly code: 'proofs-missing'; readonly reason: string } };

const missing = (reason: string): Proven => ({ ok: false, error: { code: 'proofs-missing', reason } });

/**
 * Gathers what the signatures and timestamps of a file rest on (chains, OCSP answers, lists), lays it into the file, and verifies the file by that
 * alone: with the anchors, offline. Only then it is level LT.
 */
export async function addProofs(parts: SealingParts, pdf: Uint8Array): Promise<Proven> {
  const { policy } = parts;
  const trust = await parts.trust();
  const at = parts.clock();
  const input = { file: 'sealed.pdf', content: null, policy };
  const inquiry = parts.evidence?.inquire({ leftMs: ASKING_MS }) ?? null;
  const verified = await verifyWithEvidence({ ...input, bytes: pdf, trust, at }, inquiry);
  const newest = verified.ok ? verified.value.report.signatures.at(-1) : undefined;
  if (!verified.ok || !newest || !isProven(newest)) return missing(whatIsMissing(newest));
  const { anchors, certs, crls, ocsp } = verified.value.used;
  const added = addValidationData({ pdf, material: { certs: [...certs, ...anchors], crls, ocsp }, at });
  if (!added.ok) return missing(added.error.code);
  const alone = { anchors: trust.anchors, certs: [], crls: [], ocsp: [] };
  const again = await verifyFile({ ...input, bytes: added.value, trust: alone, at: parts.clock() });
  const last = again.ok ? again.value.report.signatures.at(-1) : undefined;
  if (!last || !isProven(last) || !isAtLeast(last.level, 'LT')) return missing(whatIsMissing(last));
  return { ok: true, value: added.value };
}

/** Valid, at a time that a trusted timestamp proves. */
const isProven = ({ verdict, timestamps, timeSource }: SignatureReport): boolean =>
  verdict === 'valid' && timeSource === 'timestamp' && timestamps.every((stamp) => stamp.verdict === 'valid');

function whatIsMissing(report: SignatureReport | undefined): string {
  const unproven = report?.timestamps.find(({ verdict }) => verdict !== 'valid');
  return report?.subIndication ?? unproven?.subIndication ?? 'unreadable';
}
