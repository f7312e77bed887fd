import type { Party } from '../../shared/registry/index.ts';
import { filersOf, partiesOf, type DocumentRecord, type FilingRecord } from '../intake/index.ts';
import type { AnnexTest, ChecklistRow, FilingKind, Reference } from '../reference/index.ts';
import type { Finding, MakeFinding } from './finding.ts';
import { formFieldsOf } from './form-fields.ts';
import { documentState } from './signature-state.ts';

/** `person`: only somebody who reads can tell. */
export type ContentState = 'there' | 'missing' | 'person' | 'not-asked';
export type ContentItem = ChecklistRow & { readonly state: ContentState };
type About = Pick<FilingRecord, 'message'> & { readonly paper?: boolean };

/** What the law asks of a filing of this kind, item by item, with what the program can see of it. */
export function contentsOf(
  reference: Reference,
  kind: FilingKind | null,
  filing: About,
  documents: readonly DocumentRecord[],
): ContentItem[] {
  if (!kind) return [];
  const state = stateReader(reference, kind, filing, documents);
  return kind.contents.map((row) => ({ ...row, state: row.paperOnly ? ('not-asked' as const) : state(row) }));
}

function stateReader({ checklists }: Reference, kind: FilingKind, { message }: About, documents: readonly DocumentRecord[]) {
  const has = (test: AnnexTest): boolean => documents.some(({ role }) => checklists.annexRoles(test).includes(role));
  const whole = (parties: readonly Party[]): ContentState =>
    parties.length > 0 && parties.every((p) => p.name.trim() !== '' && (p.iin || p.bin) && p.address?.trim()) ? 'there' : 'missing';
  const readers: Readonly<Record<ChecklistRow['test'], () => ContentState>> = {
    court: () => 'there',
    claimant: () => whole(filersOf(message, kind)),
    respondent: () => (partiesOf(message, 'respondent').some((p) => p.name.trim() !== '') ? 'there' : 'missing'),
    'claim-value': () => (message.claimValue === null || message.claimValue === undefined ? 'person' : 'there'),
    case: () => (message.case?.trim() ? 'there' : 'missing'),
    signature: () => (documents[0] && documentState(documents[0]) !== 'absent' ? 'there' : 'missing'),
    duty: () => (message.payment || has('duty') ? 'there' : formFieldsOf(message)['exemption'] ? 'person' : 'missing'),
    power: () => (!message.representative ? 'not-asked' : has('power') ? 'there' : 'missing'),
    evidence: () => (has('evidence') ? 'there' : documents.length > 1 ? 'person' : 'missing'),
    pretrial: () => (has('pretrial') ? 'there' : kind.pretrial === null ? 'not-asked' : 'person'),
    organisation: () => (has('organisation') ? 'there' : filersOf(message, kind).some((p) => p.bin) ? 'person' : 'not-asked'),
    person: () => 'person',
  };
  return ({ test }: ChecklistRow): ContentState => readers[test]();
}

/** What is missing of contents and annexes. A number or an address that is not known is a warning; who files it must be there. */
export function findContents(
  reference: Reference,
  kind: FilingKind | null,
  filing: About,
  documents: readonly DocumentRecord[],
  make: MakeFinding,
): Finding[] {
  const { message } = filing;
  const found: Finding[] = [];
  if (message.parties.length === 0) found.push(make('party-missing', { field: 'parties' }));
  if (!kind) return found;
  const asked = new Set(kind.contents.map(({ test }) => test));
  if (asked.has('claimant'))
    for (const party of filersOf(message, kind)) {
      const about = { field: `parties.${message.parties.indexOf(party)}`, params: { name: party.name } };
      if (!party.iin && !party.bin) found.push(make('party-number-missing', about));
      if (!party.address?.trim()) found.push(make('party-address-missing', about));
    }
  if (asked.has('respondent') && message.parties.length > 0 && partiesOf(message, 'respondent').length === 0)
    found.push(make('respondent-missing', { field: 'parties' }));
  const basis = formFieldsOf(message)['dutyBasis'];
  if (asked.has('claim-value') && (basis === 'property' || basis === 'mixed') && (message.claimValue ?? null) === null)
    found.push(make('claim-value-missing', { field: 'claimValue' }));
  const states = new Map(contentsOf(reference, kind, filing, documents).map(({ test, state }) => [test, state]));
  if (states.get('power') === 'missing') found.push(make('power-missing', { field: 'representative' }));
  if (states.get('evidence') === 'missing') found.push(make('evidence-missing'));
  if (kind.pretrial === 'law' && states.get('pretrial') === 'person' && !isDutyAlone(documents)) found.push(make('pretrial-unclear'));
  else if (kind.pretrial === 'law' && states.get('pretrial') === 'person') found.push(make('pretrial-missing'));
  return found;
}

/** Nothing is annexed in which proof of anything could stand. */
const isDutyAlone = (documents: readonly DocumentRecord[]): boolean => documents.slice(1).every(({ role }) => role === 'duty_payment');
