import { randomBytes } from 'node:crypto';
import { WINDOW_URL } from '../hardening/origin.ts';

export type TicketedDocument = { readonly sha256: string; readonly contentType: string; readonly size: number };

const TICKET_PATH = /^\/document\/([0-9a-f]{32})$/;
/** An office works through many documents a day; the addresses of long closed ones end. */
const MOST_TICKETS = 200;

/**
 * Addresses of opened documents: 128 random bits that only the window that asked has. They end when the window is loaded anew,
 * the person signs out, or many newer ones exist.
 */
export class DocumentTickets {
  private documents = new Map<string, TicketedDocument>();
  /** Of the last session or page: it may still be asking when it ends. */
  private ended: ReadonlySet<string> = new Set();

  publish(document: TicketedDocument): string {
    const ticket = randomBytes(16).toString('hex');
    this.documents.set(ticket, document);
    const oldest = this.documents.keys().next();
    if (this.documents.size > MOST_TICKETS && !oldest.done) this.documents.delete(oldest.value);
    return `${WINDOW_URL}document/${ticket}`;
  }

  find(pathname: string): TicketedDocument | 'ended' | null {
    const ticket = TICKET_PATH.exec(pathname)?.[1];
    if (ticket === undefined) return null;
    return this.documents.get(ticket) ?? (this.ended.has(ticket) ? 'ended' : null);
  }

  clear(): void {
    if (this.documents.size > 0) this.ended = new Set(this.documents.keys());
    this.documents = new Map();
  }
}
