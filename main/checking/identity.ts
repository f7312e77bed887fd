import type { SignerMatch } from '../../shared/contract/index.ts';
import type { SignerIdentity } from '../../shared/domain/verdict.ts';
import { hasCheckDigit } from '../../shared/domain/identifier.ts';
import type { Party } from '../../shared/registry/index.ts';
import { filersOf, type DocumentRecord, type FilingRecord, type Identity } from '../intake/index.ts';
import type { KindRule } from '../reference/index.ts';
import { documentState } from './signature-state.ts';

type Ids = Pick<Party, 'iin' | 'bin'>;
type MatchItem = SignerMatch['items'][number];

/** Roles of resources/reference/document_types.csv that show somebody's authority. */
const POWERS_OF_ATTORNEY: readonly string[] = ['e_poa'];
/** Roles of the Kazakh profile that may sign for their organisation without further proof. */
const MAY_SIGN_FOR_ORGANISATION: readonly string[] = ['organisation', 'organisation-head', 'organisation-signer'];

/** Who the signer is in this filing: by IIN or BIN alone, never by name. Apart from soundness. */
export function identifySigner(signer: SignerIdentity | null, filing: Pick<FilingRecord, 'message'>, rule: KindRule | null): Identity {
  if (!signer || (!signer.iin && !signer.bin)) return 'unknown';
  if (filersOf(filing.message, rule).some((p) => isSame(signer, p))) return 'applicant';
  const representative = filing.message.representative;
  if (representative && isSame(signer, representative)) return 'representative';
  return 'other';
}

const isSame = (signer: SignerIdentity, party: Ids): boolean => hasIin(signer, party) || hasBin(signer, party);
const hasIin = (signer: SignerIdentity, party: Ids): boolean => !!party.iin && party.iin === signer.iin;
const hasBin = (signer: SignerIdentity, party: Ids): boolean => !!party.bin && party.bin === signer.bin;

/**
 * The same answer with what it rests on: each number compared, each doubt, and the document that shows the authority.
 * @param warnings codes of the report, where the certificate's ambiguities stand.
 */
export function matchSigner(
  signer: SignerIdentity | null,
  warnings: readonly string[],
  filing: Pick<FilingRecord, 'message'>,
  documents: readonly DocumentRecord[],
  rule: KindRule | null,
): SignerMatch {
  const relation = identifySigner(signer, filing, rule);
  const filers = filersOf(filing.message, rule);
  const representative = filing.message.representative ?? null;
  const powerOfAttorney = relation === 'applicant' ? null : findPower(documents);
  const forOrganisation = signer !== null && filers.some((p) => hasBin(signer, p)) && !filers.some((p) => hasIin(signer, p));
  return {
    relation,
    items: signer
      ? [
          ...compare(signer, filers, 'applicant'),
          ...(relation !== 'applicant' && representative ? compare(signer, [representative], 'representative') : []),
          ...(relation === 'applicant' ? [] : [{ item: 'power-of-attorney' as const, matches: powerOfAttorney !== null }]),
        ]
      : [],
    forOrganisation,
    doubts: signer ? findDoubts(signer, warnings, filers, { relation, forOrganisation, hasPower: powerOfAttorney !== null }) : [],
    powerOfAttorney,
  };
}

/** A number is compared when both sides have one; what agrees with one of several people agrees. */
function compare(signer: SignerIdentity, people: readonly Ids[], who: 'applicant' | 'representative'): MatchItem[] {
  const withIin = people.filter((p) => p.iin);
  const withBin = people.filter((p) => p.bin);
  const items: MatchItem[] = [];
  if (signer.iin !== null && withIin.length > 0) items.push({ item: `${who}-iin`, matches: withIin.some((p) => hasIin(signer, p)) });
  if (signer.bin !== null && withBin.length > 0) items.push({ item: `${who}-bin`, matches: withBin.some((p) => hasBin(signer, p)) });
  return items;
}

function findPower(documents: readonly DocumentRecord[]): SignerMatch['powerOfAttorney'] {
  const found = documents.find((d) => POWERS_OF_ATTORNEY.includes(d.role));
  return found ? { documentId: found.id, title: found.title || found.fileName, role: found.role, signature: documentState(found) } : null;
}

type Known = { readonly relation: Identity; readonly forOrganisation: boolean; readonly hasPower: boolean };

/** What a person should look at. A doubt never changes the relation. */
function findDoubts(signer: SignerIdentity, warnings: readonly string[], filers: readonly Ids[], known: Known): string[] {
  const { iin, bin, roles } = signer;
  const doubts: string[] = [];
  if (warnings.includes('AMBIGUOUS_IIN')) doubts.push('iin-ambiguous');
  else if (iin === null) doubts.push('iin-missing');
  if (warnings.includes('AMBIGUOUS_BIN')) doubts.push('bin-ambiguous');
  if (iin !== null && !hasCheckDigit(iin)) doubts.push('iin-check-digit');
  if (bin !== null && !hasCheckDigit(bin)) doubts.push('bin-check-digit');
  if (roles.some((role) => role.endsWith('information-system'))) doubts.push('information-system');
  else if (known.forOrganisation && !roles.some((role) => MAY_SIGN_FOR_ORGANISATION.includes(role))) doubts.push('employee');
  if (known.relation === 'applicant' && bin !== null && !filers.some((p) => p.bin === bin)) doubts.push('other-organisation');
  if (known.relation === 'representative' && !known.hasPower) doubts.push('no-power-of-attorney');
  return doubts;
}
