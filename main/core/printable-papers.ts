import type { PrintPaper, Session } from '../../shared/contract/index.ts';
import type { CourtDay } from '../../shared/domain/court-day.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { actOfJudge } from '../acts/index.ts';
import { mediaTypeOf, readDocuments, SNIFF_BYTES } from '../intake/index.ts';
import { summonsPaper } from '../proceedings/index.ts';
import { prepareTalonPrint, talonPrintRecord, type PrintRecord } from '../registration/index.ts';
import { keepForADay } from '../store/index.ts';
import { bringDocument } from './bring-document.ts';
import type { Desk } from './desk.ts';
import { fileNameOf, officeReport, reportBytes } from './office-reports.ts';
import { takeMade } from './scheduled-reports.ts';
import { makeDispatchPaper } from './dispatch-papers.ts';
import { subjectOfHearing } from './subject-of-hearing.ts';

export type PrintablePaper = {
  readonly sha256: string;
  readonly size: number;
  readonly contentType: string;
  readonly fileName: string;
  /** Filing or case that it is about, for the journal. */
  readonly subject: string | null;
  /** Of a paper whose prints are numbered. */
  readonly record?: PrintRecord;
};
export type AskedPaper = { readonly paper: PrintPaper; readonly id: string };

const pdf = (stored: Omit<PrintablePaper, 'contentType'>): Result<PrintablePaper> => ok({ ...stored, contentType: 'application/pdf' });

/**
 * The stored paper, as far as this person may see it; what is drawn anew each time is drawn. Errors: `not-found`, `role-not-allowed`,
 * `document-missing`, `document-not-printable`, those of the line and of `makeDispatchPaper`.
 */
export async function findPaper(desk: Desk, { paper, id }: AskedPaper, session: Session): Promise<Result<PrintablePaper>> {
  const { store, blobs } = desk;
  const isJudge = session.activeRole === 'judge';
  switch (paper) {
    case 'talon': {
      if (isJudge) return fail('role-not-allowed');
      const print = await prepareTalonPrint(desk.registration, { filingId: id, actor: session.userId });
      if (!print.ok) return print;
      const { sha256, size, number, incomingNumber } = print.value;
      const fileName = number === 1 ? `talon-${incomingNumber}.pdf` : `talon-${incomingNumber}-${number}.pdf`;
      return pdf({ sha256, size, fileName, subject: id, record: talonPrintRecord(desk.registration, print.value, session.userId) });
    }
    case 'act': {
      if (!isJudge) return fail('role-not-allowed');
      const act = actOfJudge(store.read, { reference: desk.reference, now: desk.config.clock() }, session.userId, id);
      if (!act.ok) return act;
      const { sha256, kind, incomingNumber, filingId } = act.value;
      const size = blobs.size(sha256);
      return size === null ? fail('document-missing') : pdf({ sha256, size, fileName: `${kind}-${incomingNumber}.pdf`, subject: filingId });
    }
    case 'summons': {
      const summons = summonsPaper(store.read, id);
      if (summons === null) return fail('not-found');
      const brought = await bringDocument(desk, summons);
      return brought.ok
        ? pdf({ ...brought.value, fileName: `shaqyru-${id.slice(-8)}.pdf`, subject: subjectOfHearing(store.read, summons.hearingId) })
        : brought;
    }
    case 'report':
      return session.activeRole === 'office-head' ? printableReport(desk, id, session) : fail('role-not-allowed');
    case 'made-report': {
      if (session.activeRole !== 'office-head') return fail('role-not-allowed');
      const made = takeMade(desk, { id, format: 'pdf' });
      return made.ok ? pdf({ sha256: made.value.sha256, size: made.value.size, fileName: made.value.fileName, subject: null }) : made;
    }
    case 'document':
      return findDocument(desk, id);
    default: {
      const request = { paper, id, madeBy: session.name, judgeId: isJudge ? session.userId : null };
      const made = await makeDispatchPaper(desk, request);
      if (!made.ok) return made;
      const { filingId, ...stored } = made.value;
      return pdf({ ...stored, subject: filingId });
    }
  }
}

/** The pages of a report as it is now, by the question that its id is (`reportPaperId`). */
async function printableReport(desk: Desk, asked: string, { name }: Session): Promise<Result<PrintablePaper>> {
  const [id = '', from = '', until = '', language, by = ''] = asked.split('/');
  if (!isDay(from) || !isDay(until)) return fail('not-found');
  const report = await officeReport(desk, { id, from, until, language: language === 'ru' ? 'ru' : 'kk', by: by || undefined });
  if (!report.ok) return report;
  const bytes = await reportBytes(desk, report.value, { format: 'pdf', madeBy: name });
  if (!bytes.ok) return bytes;
  const kept = await keepForADay(desk, bytes.value, desk.config.clock());
  return kept.ok ? pdf({ ...kept.value, fileName: fileNameOf(report.value, 'pdf'), subject: null }) : kept;
}
const isDay = (text: string): text is CourtDay => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

/** What a printer can take of a filing: PDF and pictures. */
const PRINTABLE: readonly string[] = ['application/pdf', 'image/png', 'image/jpeg'];

async function findDocument({ store, blobs }: Desk, id: string): Promise<Result<PrintablePaper>> {
  const at = store.read.get<{ filing_id: string }>('SELECT filing_id FROM document WHERE id = ?', id);
  const document = at && readDocuments(store.read, at.filing_id).find((known) => known.id === id);
  if (!at || !document) return fail('not-found');
  if (document.state !== 'stored') return fail('document-missing');
  const { sha256, size, fileName } = document;
  const head: Uint8Array[] = [];
  for await (const chunk of blobs.read(sha256, { start: 0, end: Math.min(SNIFF_BYTES, size) })) head.push(chunk);
  const contentType = mediaTypeOf(document.contentType ?? 'other', new Uint8Array(Buffer.concat(head)));
  if (!PRINTABLE.includes(contentType)) return fail('document-not-printable');
  return ok({ sha256, size, contentType, fileName, subject: at.filing_id });
}
