import { fail, ok, type Result } from '../../shared/result.ts';
import { worstVerdict, type SignatureReport, type VerificationReport } from '../../shared/domain/verdict.ts';
import { BudgetExceeded, createComputingBudget } from './computing-budget.ts';
import { ContentUnreadable, type ContentSource } from './content-source.ts';
import { claimsMessage } from './formats/armour.ts';
import { detectFormat } from './formats/detect-format.ts';
import { readSignedData } from './formats/read-signed-data.ts';
import { createLedger, type WantedEvidence } from './evidence/ledger.ts';
import { instantOf } from './instant.ts';
import type { Policy } from './policy/policy.ts';
import { verifyPdf } from './pdf/verify-pdf.ts';
import { verifyXml } from './xml/verify-xml.ts';
import { prepareTrust, type TrustMaterial } from './trust/trust-material.ts';
import { reportOverLimit, reportUnreadable } from './report-unreadable.ts';
import { NO_CONTAINER, verifySignedData, type VerificationFrame } from './verify-signed-data.ts';

export type VerifyInput = {
  /** Name for the report. */
  readonly file: string;
  /** The signature file, or the PDF. */
  readonly bytes: Uint8Array;
  /** Content of a detached signature, or what a signed message or XML document is said to contain. */
  readonly content: ContentSource | null;
  readonly trust: TrustMaterial;
  readonly policy: Policy;
  /** The current time of the check, UTC ISO. */
  readonly at: string;
  /** When the registry had received the file, UTC ISO; bounds the time of signing where the policy says so. */
  readonly receivedAt?: string;
};

export type Verification = {
  readonly report: VerificationReport;
  /** The part of the trust material that had a part in the verdict: with it alone the same file gives the same report. */
  readonly used: TrustMaterial;
  /** What was missing for a decision and may be had elsewhere. */
  readonly wanted: readonly WantedEvidence[];
};

type Findings = Pick<VerificationReport, 'format' | 'flags' | 'signatures'>;

/**
 * Verifies every signature of one file: no clock, no network, no file system. Hostile bytes end in a report.
 * Errors: `file-unreadable` when the content stream fails.
 */
export async function verifyFile(input: VerifyInput): Promise<Result<Verification>> {
  const trust = prepareTrust(input.trust);
  const ledger = createLedger();
  const receivedAt = input.receivedAt === undefined ? null : Date.parse(input.receivedAt);
  const computing = createComputingBudget(input.bytes.length);
  const frame: VerificationFrame = { trust, policy: input.policy, at: Date.parse(input.at), receivedAt, ledger, computing };
  try {
    const found = await inspect(input, frame);
    const { id, version } = input.policy;
    const report: VerificationReport = {
      file: input.file,
      format: found.format,
      at: instantOf(frame.at),
      policy: { id, version },
      flags: found.flags,
      overall: worstVerdict(found.signatures.map(({ verdict }) => verdict)),
      signatures: found.signatures,
    };
    return ok({ report, used: ledger.used(trust), wanted: ledger.wanted() });
  } catch (error) {
    if (error instanceof ContentUnreadable) return fail('file-unreadable');
    if (error instanceof BudgetExceeded) return ok(reportLimit(input));
    throw error;
  }
}

/** The answer on a file that could not be verified within the limits: nothing is known about it. */
export function reportLimit(input: VerifyInput): Verification {
  const at = Date.parse(input.at);
  const { id, version } = input.policy;
  const signatures = [reportOverLimit({ policy: input.policy, at })];
  const report = {
    file: input.file,
    format: 'none',
    at: instantOf(at),
    policy: { id, version },
    flags: [],
    overall: 'undecided',
    signatures,
  } as const;
  return { report, used: { anchors: [], certs: [], crls: [], ocsp: [] }, wanted: [] };
}

async function inspect(input: VerifyInput, frame: VerificationFrame): Promise<Findings> {
  const format = detectFormat(input.bytes);
  switch (format.kind) {
    case 'signed-data':
      return verifyMessage(format.bytes, input, frame);
    case 'pdf': {
      const found = await verifyPdf(input.bytes, format.headerAt, frame);
      return { format: found.signatures.length > 0 ? 'pades' : 'none', ...found };
    }
    case 'xmldsig': {
      const found = await verifyXml(input.bytes, input.content, frame);
      return { ...found, flags: [...found.flags, ...flagsOfName(input.file)] };
    }
    case 'none':
      return { format: 'none', flags: flagsOfOther(input), signatures: [] };
  }
}

/** A program is known by its first octets (PE, ELF), a broken message by its armour, a false PDF by its name. */
function flagsOfOther({ file, bytes }: VerifyInput): string[] {
  const start = Buffer.from(bytes.subarray(0, 4)).toString('latin1');
  const flags = start.startsWith('MZ') || start === '\x7fELF' ? ['EXECUTABLE'] : claimsMessage(bytes) ? ['MALFORMED'] : [];
  return [...flags, ...flagsOfName(file)];
}

const flagsOfName = (file: string): string[] => (file.toLowerCase().endsWith('.pdf') ? ['NOT_PDF'] : []);

async function verifyMessage(bytes: Uint8Array, { file, content }: VerifyInput, frame: VerificationFrame): Promise<Findings> {
  const message = readSignedData(bytes);
  // A reader of PDF would show something of such a file all the same.
  const flags = flagsOfName(file);
  if (message === null)
    return { format: 'cms', flags: ['MALFORMED', ...flags], signatures: [reportUnreadable('S1', 'message-malformed', frame)] };
  const signatures: SignatureReport[] = await verifySignedData(message, content, NO_CONTAINER, frame, 0);
  return { format: 'cms', flags: message.trailing.length > 0 ? [...flags, 'TRAILING_DATA'] : flags, signatures };
}
