import { session } from 'electron';
import type { BlobStore } from '../../store/index.ts';
import { hardenSession } from '../hardening/harden-session.ts';
import { APP_SCHEME, PRINT_HOST } from '../hardening/origin.ts';
import { builtFile } from '../places.ts';
import { policyOfPrintPage } from '../serving/content-policy.ts';
import { DocumentTickets } from '../serving/document-tickets.ts';
import { serveDocument } from '../serving/serve-document.ts';
import { serveFolder } from '../serving/serve-folder.ts';
import { serveHost } from '../serving/serve-host.ts';

/** A session of its own and never on disk: nothing of a printed paper stays anywhere. */
const PRINT_PARTITION = 'printing';

export type PrintHost = {
  readonly session: Electron.Session;
  /** Address of the page that draws this document, for one window. */
  readonly publish: (document: { sha256: string; contentType: string; size: number; fileName: string }) => string;
  readonly forget: () => void;
};

export function servePrinting(blobs: () => BlobStore | null, packaged: boolean): PrintHost {
  const own = session.fromPartition(PRINT_PARTITION);
  const tickets = new DocumentTickets();
  const documents = serveDocument(tickets, blobs);
  const pages = serveFolder(builtFile('renderer'), policyOfPrintPage);
  hardenSession(own, packaged);
  serveHost(own, PRINT_HOST, (request) => (new URL(request.url).pathname.startsWith('/document/') ? documents(request) : pages(request)));
  return {
    session: own,
    publish: (document) => {
      const { pathname } = new URL(tickets.publish(document));
      const asked = new URLSearchParams({ document: pathname, type: document.contentType, name: document.fileName });
      return `${APP_SCHEME}://${PRINT_HOST}/print.html?${asked.toString()}`;
    },
    forget: () => tickets.clear(),
  };
}
