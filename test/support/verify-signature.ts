import { contentFromBytes, loadPolicy, verifyFile, type Policy, type TrustMaterial } from '../../main/signature/index.ts';
import type { SignatureReport, VerificationReport } from '../../shared/domain/verdict.ts';
import { AT, standardHierarchy } from './openssl-pki.ts';

const RESOURCES = new URL('../../resources/', import.meta.url).pathname;

export async function policyNamed(name: string): Promise<Policy> {
  const policy = await loadPolicy(RESOURCES, name);
  if (!policy.ok) throw new Error(`policy ${name} does not load`);
  return policy.value;
}

export function standardTrust(): TrustMaterial {
  const { root, authority, crls } = standardHierarchy();
  return { anchors: [root.der], certs: [authority.der], crls, ocsp: [] };
}

export type Verification = {
  readonly content?: Uint8Array | null;
  readonly trust?: TrustMaterial;
  readonly policy?: string;
  readonly at?: string;
  readonly file?: string;
};

/** Verifies with the standard hierarchy under kz-incoming unless told otherwise. */
export async function verify(bytes: Uint8Array, options: Verification = {}): Promise<VerificationReport> {
  const result = await verifyFile({
    file: options.file ?? 'signature.p7s',
    bytes,
    content: options.content ? contentFromBytes(options.content) : null,
    trust: options.trust ?? standardTrust(),
    policy: await policyNamed(options.policy ?? 'kz-incoming'),
    at: options.at ?? AT,
  });
  if (!result.ok) throw new Error(`no report: ${result.error.code}`);
  return result.value.report;
}

export async function verifyOnly(bytes: Uint8Array, options: Verification = {}): Promise<SignatureReport> {
  const { signatures } = await verify(bytes, options);
  if (signatures.length !== 1) throw new Error(`${signatures.length} signatures`);
  return signatures[0]!;
}

/** `TOTAL-PASSED`, `INDETERMINATE/TRY_LATER`, … */
export const conclusionOf = ({ indication, subIndication }: Pick<SignatureReport, 'indication' | 'subIndication'>): string =>
  subIndication === null ? indication : `${indication}/${subIndication}`;

/** The reason a check of a report gave; `ok` when it passed everywhere, undefined when it is not recorded. */
export function reasonOf(report: Pick<SignatureReport, 'checks'>, id: string): string | undefined {
  const records = report.checks.filter((check) => check.id === id);
  const failure = records.find((check) => check.result !== 'ok');
  return records.length === 0 ? undefined : (failure?.reason ?? 'ok');
}
