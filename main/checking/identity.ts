import type { SignerIdentity } from '../../shared/domain/verdict.ts';
import type { Party } from '../../shared/registry/index.ts';
import { filersOf, type FilingRecord, type Identity } from '../intake/index.ts';
import type { KindRule } from '../reference/index.ts';

/** Who the signer is in this filing: by IIN or BIN alone, never by name. Apart from soundness. */
export function identifySigner(signer: SignerIdentity | null, filing: FilingRecord, rule: KindRule | null): Identity {
  if (!signer || (!signer.iin && !signer.bin)) return 'unknown';
  if (filersOf(filing.message, rule).some((p) => isSame(signer, p))) return 'applicant';
  const representative = filing.message.representative;
  if (representative && isSame(signer, representative)) return 'representative';
  return 'other';
}

function isSame(signer: SignerIdentity, party: Pick<Party, 'iin' | 'bin'>): boolean {
  return (!!party.iin && party.iin === signer.iin) || (!!party.bin && party.bin === signer.bin);
}
