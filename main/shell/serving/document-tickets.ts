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
  private readonly documents = new Map<string, TicketedDocument>();

  publish(document: TicketedDocument): string {
    const ticket = randomBytes(16).toString('hex');
    this.documents.set(ticket, document);
    const oldest = this.documents.keys().next();
    if (this.documents.size > MOST_TICKETS && !oldest.done) this.documents.delete(oldest.value);
    return `${WINDOW_URL}document/${ticket}`;
  }

  find(pathname: string): TicketedDocument | null {
    const ticket = TICKET_PATH.exec(pathname)?.[1];
    return ticket === undefined ? null : (this.documents.get(ticket) ?? null);
  }

  clear(): void {
    this.documents.clear();
  }
}
