import type { FeedItem } from '../../shared/registry/index.ts';
import { applyFactItem, applyFeedItem, applyRecallItem, isOfFacts, isOfRecalls } from '../intake/index.ts';
import { applyWorkPlanItem, isOfWorkPlan } from '../office/index.ts';
import { applyNoteItem, isOfNotes } from '../documents/index.ts';
import { applyProceedingsItem, isOfProceedings } from '../proceedings/index.ts';
import type { Reading, Writing } from '../store/index.ts';
import type { Desk } from './desk.ts';

/** Takes one item of the feed over in the room it belongs to. `changes` gathers the filings that look different afterwards. */
export function takeFeedItem(
  { reference, config: { clock, newId }, profile: { workstationId } }: Desk,
  tx: Writing,
  item: FeedItem,
  changes?: { readonly filingIds: Set<string> },
): 'applied' | { deferred: string } {
  if (isOfWiped(tx, item)) return 'applied';
  if (isOfWorkPlan(item.kind)) return applyWorkPlanItem(tx, item, clock());
  if (isOfProceedings(item.kind)) return applyProceedingsItem(tx, item, clock(), (id) => changes?.filingIds.add(id));
  if (isOfNotes(item.kind)) return applyNoteItem(tx, item, clock(), (id) => changes?.filingIds.add(id));
  if (item.kind.startsWith('filing.')) changes?.filingIds.add(item.subject);
  if (isOfFacts(item.kind)) return applyFactItem(tx, item, clock());
  if (isOfRecalls(item.kind)) return applyRecallItem(tx, item, clock());
  return applyFeedItem({ reference, clock, newId, workstationId }, tx, item);
}

/** What was wiped when its term was over does not come back; it is at the registry. */
function isOfWiped(read: Reading, { subject, data }: FeedItem): boolean {
  const { id, filingId } = (data ?? {}) as { readonly id?: unknown; readonly filingId?: unknown };
  const named = JSON.stringify([subject, id, filingId]);
  return read.get('SELECT 1 FROM filing_wiped WHERE filing_id IN (SELECT value FROM json_each(?))', named) !== undefined;
}
