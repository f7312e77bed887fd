import { readSignedData } from '../../main/signature/formats/read-signed-data.ts';
import type { SignatureReport, VerificationReport } from '../../shared/domain/verdict.ts';

/** What a report on a changed file claims beyond the one on the original; null when it claims nothing new. */
export function overclaim(original: SignatureReport, changed: VerificationReport): string | null {
  for (const report of changed.signatures) {
    if (report.timeSource === 'timestamp' && Date.parse(report.bestTime) < Date.parse(original.bestTime)) return 'an earlier proven time';
    if (report.timeSource === 'timestamp' && original.timeSource !== 'timestamp') return 'a proven time';
    if (report.timestamps.some(({ verdict, time }) => verdict === 'valid' && !original.timestamps.some((known) => known.time === time)))
      return 'a timestamp of another time';
    if (report.verdict !== 'valid') continue;
    if (original.verdict !== 'valid') return 'validity';
    if (report.certificateSha256 !== original.certificateSha256) return 'another signer';
    if (report.claimedTime !== original.claimedTime) return 'another claimed time';
    if (report.covers === 'whole' && original.covers !== 'whole') return 'the whole document';
  }
  return null;
}

const same = (a: Uint8Array | null, b: Uint8Array | null): boolean => a === b || (a !== null && b !== null && Buffer.compare(a, b) === 0);

/** Whether every signer of a message that may be valid signs what the original one did, with its value. */
export function signsTheSame(original: Uint8Array, changed: Uint8Array): boolean {
  const [before, now] = [readSignedData(original), readSignedData(changed)];
  const [first] = before?.signers ?? [];
  if (before === null || first === undefined || now === null) return false;
  return (
    same(now.content, before.content) &&
    now.signers.length > 0 &&
    now.signers.every((signer) => same(signer.signedEncoding, first.signedEncoding) && same(signer.signature.value, first.signature.value))
  );
}
