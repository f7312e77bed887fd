import type { ChangedField, ComparedDocument } from '../../shared/contract/index.ts';
import { fold } from '../../shared/domain/kk-format.ts';
import type { FilingMessage, Party } from '../../shared/registry/index.ts';
import { sideOf, type DocumentRecord } from '../intake/index.ts';

/** Members of a filing that are compared in words of their own, or say nothing of what the sender filled in. */
const APART = new Set([
  'id',
  'court',
  'kind',
  'cabinetNumber',
  'resubmits',
  'sentAt',
  'receivedAt',
  'parties',
  'representative',
  'payment',
  'documents',
]);

/** What the sender filled in otherwise than the time before; members that this version does not know by name are compared too. */
export function compareFields(before: FilingMessage, after: FilingMessage): ChangedField[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  const plain = [...keys].filter((key) => !APART.has(key)).flatMap((key) => changed(key, wordsOf(before[key]), wordsOf(after[key])));
  const [oldPayment, payment] = [before.payment ?? {}, after.payment ?? {}];
  const paid = ['amount', 'date', 'number', 'payerId', 'kbk'].flatMap((key) =>
    changed(`payment.${key}`, wordsOf(member(oldPayment, key)), wordsOf(member(payment, key))),
  );
  const representative = changed(
    'representative',
    before.representative ? describe(before.representative) : null,
    after.representative ? describe(after.representative) : null,
  );
  return [...compareParties(before.parties, after.parties), ...representative, ...plain, ...paid];
}

const changed = (field: string, before: string | null, after: string | null): ChangedField[] =>
  before === after ? [] : [{ field, before, after }];
const member = (value: object, key: string): unknown => (value as Record<string, unknown>)[key];

function wordsOf(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  return typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : JSON.stringify(value);
}

const describe = (party: Partial<Pick<Party, 'name' | 'iin' | 'bin' | 'address' | 'phone' | 'email'>>): string =>
  [party.name, party.iin ?? party.bin, party.address, party.phone, party.email].filter(Boolean).join(' · ');

/** People stay who they are by number, then by name; what is left over on both sides of one side of the dispute is one that was put right. */
function compareParties(before: readonly Party[], after: readonly Party[]): ChangedField[] {
  const left = [...after];
  const take = (isIt: (party: Party) => boolean): Party | undefined => {
    const at = left.findIndex(isIt);
    return at < 0 ? undefined : left.splice(at, 1)[0];
  };
  const pairs = before.map((old) => ({ old, now: take((p) => numberOf(p) !== null && numberOf(p) === numberOf(old)) }));
  for (const pair of pairs) pair.now ??= take((p) => fold(p.name) === fold(pair.old.name));
  for (const pair of pairs) pair.now ??= take((p) => sideOf(p) === sideOf(pair.old));
  return [
    ...pairs.flatMap(({ old, now }) => changed(`party.${sideOf(old)}`, describe(old), now ? describe(now) : null)),
    ...left.flatMap((added) => changed(`party.${sideOf(added)}`, null, describe(added))),
  ];
}
const numberOf = ({ iin, bin }: Party): string | null => iin ?? bin ?? null;

/** Each document beside the one it takes the place of: by bytes, then by role and title, then the only one of its role on both sides. */
export function compareDocuments(before: readonly DocumentRecord[], after: readonly DocumentRecord[]): ComparedDocument[] {
  const open = { before: [...before], after: [...after] };
  const pairs: { old: DocumentRecord; now: DocumentRecord }[] = [];
  const pair = (fits: (old: DocumentRecord, now: DocumentRecord) => boolean) => {
    for (const old of [...open.before]) {
      const now = open.after.find((document) => fits(old, document));
      if (!now) continue;
      open.before.splice(open.before.indexOf(old), 1);
      open.after.splice(open.after.indexOf(now), 1);
      pairs.push({ old, now });
    }
  };
  const alone = (documents: readonly DocumentRecord[], role: string) => documents.filter((document) => document.role === role).length === 1;
  pair((old, now) => old.sha256 === now.sha256);
  pair((old, now) => old.role === now.role && fold(old.title) === fold(now.title));
  pair((old, now) => old.role === now.role && alone(open.before, old.role) && alone(open.after, now.role));
  const found = [
    ...pairs.map(({ old, now }) => ({ old, now, change: changeOf(old, now) })),
    ...open.after.map((now) => ({ old: null, now, change: 'added' as const })),
    ...open.before.map((old) => ({ old, now: null, change: 'gone' as const })),
  ];
  return found
    .sort((a, b) => (a.now?.position ?? Infinity) - (b.now?.position ?? Infinity))
    .map(({ old, now, change }) => ({
      change,
      role: (now ?? old).role,
      title: (now ?? old).title,
      before: old?.id ?? null,
      after: now?.id ?? null,
      words: change === 'changed' && isReadablePdf(old) && isReadablePdf(now),
    }));
}

const isReadablePdf = (document: DocumentRecord | null) => document?.state === 'stored' && document.contentType === 'pdf';

function changeOf(old: DocumentRecord, now: DocumentRecord): ComparedDocument['change'] {
  if (old.sha256 !== now.sha256) return 'changed';
  const signatures = (document: DocumentRecord) =>
    document.signatures
      .map(({ sha256 }) => sha256)
      .sort()
      .join(' ');
  return signatures(old) === signatures(now) ? 'same' : 'signed-anew';
}
