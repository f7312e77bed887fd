import {
  annexMessageSchema,
  caseMessageSchema,
  correctionMessageSchema,
  courtChangedSchema,
  courtConfiguredSchema,
  filingAssignedSchema,
  filingMessageSchema,
  filingPostponedSchema,
  filingStateSchema,
  leaseTakenOverSchema,
  linkMessageSchema,
  userMessageSchema,
  workstationChangedSchema,
  type FeedItem,
  type FilingMessage,
  type RegistryFilingState,
} from '../../shared/registry/index.ts';
import type { Reference } from '../reference/index.ts';
import type { Reading, Writing } from '../store/index.ts';
import { adoptCourt, adoptPolicy, adoptUser, adoptWorkstation } from './adopt-administration.ts';
import { adoptTakeOver } from './adopt-take-over.ts';
import { adoptAssignment, adoptPostponing } from './adopt-work.ts';
import { adoptRegistryState } from './adopt-registry-state.ts';
import { adoptCorrection } from './correct-filing.ts';
import { columnsOf } from './filing-columns.ts';
import { findEarlier } from './find-earlier.ts';
import { insertDocuments } from './insert-documents.ts';
import { adoptLink } from './link-filings.ts';
import { receiveAnnexes } from './receive-annexes.ts';

export type IntakeParts = {
  readonly reference: Reference;
  readonly clock: () => string;
  readonly newId: () => string;
  readonly workstationId: string;
};

/** Takes one item of the feed over. What this desk does not know or cannot read is handed back to be kept. */
export function applyFeedItem(parts: IntakeParts, tx: Writing, item: FeedItem): 'applied' | { deferred: string } {
  if (item.version !== 1) return { deferred: 'newer-version' };
  if (FOLLOWS_FILING.has(item.kind) && isAwaited(tx, item)) return { deferred: 'filing-unknown' };
  switch (item.kind) {
    case 'filing.submitted':
    case 'filing.taken-on-paper': {
      const parsed = filingMessageSchema.safeParse(item.data);
      // a registry that was put back to an earlier day may give a number that another filing here has
      if (parsed.success && tx.get('SELECT 1 FROM filing WHERE cabinet_number = ? AND id <> ?', parsed.data.cabinetNumber, parsed.data.id))
        return { deferred: 'cabinet-number-taken' };
      return withData(parsed, (m) => receiveFiling(parts, tx, m));
    }
    case 'filing.changed': {
      const parsed = filingStateSchema.safeParse(item.data);
      // the same numbers were bound here to another filing: a person decides on that one first
      if (parsed.success && isBoundElsewhere(tx, parsed.data)) return { deferred: 'number-taken' };
      return withData(parsed, (s) => adoptRegistryState(tx, s, parts.clock()));
    }
    case 'user.changed':
      return withData(userMessageSchema.safeParse(item.data), (u) => adoptUser(tx, u, parts.clock()));
    case 'workstation.changed':
      return withData(workstationChangedSchema.safeParse(item.data), (w) => adoptWorkstation(tx, w, parts.clock()));
    case 'court.configured':
      return withData(courtConfiguredSchema.safeParse(item.data), (c) => adoptPolicy(tx, c, parts.clock()));
    case 'court.changed':
      return withData(courtChangedSchema.safeParse(item.data), (c) => adoptCourt(tx, c, parts.clock()));
    case 'case.known':
      return withData(caseMessageSchema.safeParse(item.data), (c) =>
        tx.run('INSERT INTO court_case (number, opened_by) VALUES (?, ?) ON CONFLICT (number) DO NOTHING', c.number, c.openedBy),
      );
    case 'filing.assigned':
      return withData(filingAssignedSchema.safeParse(item.data), (a) => adoptAssignment(tx, a, parts.clock()));
    case 'filing.postponed':
      return withData(filingPostponedSchema.safeParse(item.data), (p) => adoptPostponing(tx, p, parts.clock()));
    case 'filing.corrected':
      return withData(correctionMessageSchema.safeParse(item.data), (c) => adoptCorrection(tx, parts.reference, c, parts.clock()));
    case 'filing.annexed':
      return withData(annexMessageSchema.safeParse(item.data), (a) => receiveAnnexes(tx, parts, a, null));
    case 'filing.linked': {
      const parsed = linkMessageSchema.safeParse(item.data);
      if (!parsed.success) return { deferred: 'malformed' };
      return adoptLink(tx, parsed.data, parts.clock()) ? 'applied' : { deferred: 'filing-unknown' };
    }
    case 'lease.taken-over':
      return withData(leaseTakenOverSchema.safeParse(item.data), (t) => adoptTakeOver(tx, t, parts.workstationId, parts.clock()));
    default:
      return { deferred: 'unknown-kind' };
  }
}

const FOLLOWS_FILING: ReadonlySet<string> = new Set([
  'filing.changed',
  'filing.assigned',
  'filing.postponed',
  'filing.corrected',
  'filing.annexed',
]);

/** The filing itself was told of and could not be taken yet; what follows it comes after it, in the order in which it was told. */
const isAwaited = (read: Reading, { seq, data }: FeedItem): boolean => {
  const { id, filingId } = (data ?? {}) as { readonly id?: unknown; readonly filingId?: unknown };
  const filing = filingId ?? id;
  return (
    typeof filing === 'string' &&
    read.get('SELECT 1 FROM filing WHERE id = ?', filing) === undefined &&
    read.get(
      "SELECT 1 FROM feed_deferred WHERE seq < ? AND ? IN (json_extract(item, '$.subject'), json_extract(item, '$.data.id'))",
      seq,
      filing,
    ) !== undefined
  );
};

const isBoundElsewhere = (read: Reading, { id, incomingNumber, caseNumber }: RegistryFilingState): boolean =>
  read.get('SELECT 1 FROM filing WHERE id <> ? AND (incoming_number = ? OR case_number = ?)', id, incomingNumber, caseNumber) !== undefined;

function withData<T>(
  parsed: { success: true; data: T } | { success: false },
  work: (data: T) => unknown,
): 'applied' | { deferred: string } {
  if (!parsed.success) return { deferred: 'malformed' };
  work(parsed.data);
  return 'applied';
}

/** `takenHere`: the person at this desk who took it on paper; what it has is here already. */
export function receiveFiling(
  parts: Omit<IntakeParts, 'workstationId'>,
  tx: Writing,
  message: FilingMessage,
  takenHere: string | null = null,
): void {
  if (tx.get('SELECT 1 FROM filing WHERE id = ?', message.id)) return;
  const { claimant, respondent, category, searchText, dueAt, termEdition } = columnsOf(parts.reference, message, parts.clock());
  const earlierId = findEarlier(tx, parts.reference, message);
  tx.run(
    `INSERT INTO filing (id, cabinet_number, kind, language, message, state, claimant, respondent, search_text, sent_at, received_at, due_at, term_edition, intake, earlier_id, taken_by, category)
     VALUES (?, ?, ?, ?, ?, 'received', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    message.id,
    message.cabinetNumber || null,
    message.kind,
    message.language,
    JSON.stringify(message),
    claimant,
    respondent,
    searchText,
    message.sentAt,
    message.receivedAt,
    dueAt,
    termEdition,
    message.documents.length > 0 ? 'arriving' : 'ready',
    earlierId,
    message.paper?.takenBy ?? null,
    category,
  );
  insertDocuments(tx, parts.newId, { filingId: message.id, documents: message.documents, first: 0, annexId: null });
  tx.journal({
    at: parts.clock(),
    actor: takenHere,
    action: takenHere === null ? 'filing.received' : 'filing.taken-on-paper',
    subject: message.id,
    details: { documents: message.documents.length, ...(earlierId === null ? {} : { earlier: earlierId }) },
  });
}
