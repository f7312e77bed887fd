import type { Session, TornDocument } from '../../shared/contract/index.ts';
import { viewDocuments } from '../checking/index.ts';
import { readDocuments, readFiling } from '../intake/index.ts';
import type { CoreContext } from './core-context.ts';
import type { Desk } from './desk.ts';

type Place = { readonly filingId: string; readonly documentId: string };

/** The document that is shown in a window of its own. Nobody has it once the person locks the desk or signs out. */
export function createTornDocument(desk: Desk, emit: CoreContext['emit']) {
  let shown: Place | null = null;
  let follows = true;
  return {
    /** Shows a document there; the window opens when there is none. */
    open(place: Place): void {
      shown = place;
      emit('torn.changed', { open: true, begin: true });
    },
    /** The desk shows this one now: the other window goes along when it was told to. */
    follow(place: Place): void {
      if (shown === null || !follows) return;
      shown = place;
      emit('torn.changed', { open: true, begin: false });
    },
    setFollows(wanted: boolean): void {
      follows = wanted;
    },
    view(online: boolean): TornDocument | null {
      const filing = shown && readFiling(desk.store.read, shown.filingId);
      if (!shown || !filing) return null;
      const rule = desk.reference.kindRule(filing.kind);
      const document = viewDocuments(readDocuments(desk.store.read, filing.id), { filing, rule, online }).find(
        ({ id }) => id === shown?.documentId,
      );
      if (!document) return null;
      const number = filing.incomingNumber ?? filing.cabinetNumber;
      return { filingId: filing.id, document, language: filing.language, number, claimant: filing.claimant, follows };
    },
    sessionChanged(session: Session | null): void {
      if (shown === null || (session !== null && !session.locked)) return;
      shown = null;
      emit('torn.changed', { open: false, begin: false });
    },
  };
}
export type TornDocumentWindow = ReturnType<typeof createTornDocument>;
