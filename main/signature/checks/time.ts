import type { CertificateFacts } from '../certificates/read-certificate.ts';
import type { ProvenTime } from '../timestamp/prove-time.ts';
import { failed, judged, notRun, passed, type Finding } from './finding.ts';

/** What the timestamps of one signature prove together (EN 319 102-1 §5.5.4, §5.6.2.4). */
export function checkTime(time: ProvenTime, certificate: CertificateFacts | null): Finding[] {
  return [checkIssuance(time, certificate), checkOrder(time), checkTrust(time)];
}

function checkIssuance({ proven, since }: ProvenTime, certificate: CertificateFacts | null): Finding {
  if (proven === null || certificate === null) return notRun('time.after-issuance', 'no-proven-time');
  const early = since(certificate) < Date.parse(certificate.validity.from);
  return judged('time.after-issuance', early ? 'proven-before-issuance' : null, certificate.sha256);
}

/** A timestamp over a signature cannot be later than a trusted one over the document with that timestamp in it, as far as clocks agree. */
function checkOrder({ timestamps, covering, skewMs }: ProvenTime): Finding {
  const inner = timestamps.flatMap(({ proven }) => proven ?? []);
  const outer = covering.flatMap(({ proven }) => proven ?? []);
  if (inner.length + outer.length === 0) return notRun('time.order', 'no-timestamp');
  const disordered = inner.some((time) => outer.some((later) => later + skewMs < time));
  // Covering timestamps come in the order in which they cover each other.
  const backwards = outer.some((time, i) => time > (outer[i + 1] ?? time) + skewMs);
  return judged('time.order', disordered || backwards ? 'timestamps-disordered' : null);
}

/** One that cannot be trusted proves nothing, and the signature stands or falls without it. */
function checkTrust({ timestamps, covering }: ProvenTime): Finding {
  const all = [...timestamps, ...covering];
  if (all.length === 0) return notRun('time.signature-timestamp', 'no-timestamp');
  return all.some(({ proven }) => proven !== null)
    ? passed('time.signature-timestamp')
    : failed('time.signature-timestamp', 'timestamp-not-trusted');
}
