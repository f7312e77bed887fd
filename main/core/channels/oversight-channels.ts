import type { JournalFilter, ReportRequest, Session } from '../../../shared/contract/index.ts';
import { endOfCourtDay, type CourtDay } from '../../../shared/domain/court-day.ts';
import { REPORT_ROWS_SHOWN } from '../../../shared/domain/oversight.ts';
import { ok } from '../../../shared/result.ts';
import { readExpired, readJournal, whoSaw, wipeExpired } from '../../journal/index.ts';
import { isDeskFinding, readFinding, readReceipt, type HistoryFinding } from '../../sync/index.ts';
import { acceptedJournal } from '../accepted-journal.ts';
import type { CoreContext } from '../core-context.ts';
import { handOut, handOutBytes } from '../hand-out.ts';
import { wipeParts } from '../journal-exports.ts';
import { createLooks, noteTable } from '../looks.ts';
import { fairnessPatterns, listReports, noteReportTaken, officeReport, reportBytes, reportFile } from '../office-reports.ts';
import { saveJournal } from '../save-journal.ts';
import { MOST_SEEN, seenReport } from '../seen-report.ts';
import type { Handlers } from '../router.ts';
import { listMade, readSchedule, setSchedule, takeMade } from '../scheduled-reports.ts';
import { checkHistory } from '../watch-history.ts';

type Group =
  | 'report.list'
  | 'report.make'
  | 'report.save'
  | 'report.patterns'
  | 'report.schedule'
  | 'report.set-schedule'
  | 'report.made'
  | 'report.open-made'
  | 'report.save-made'
  | 'journal.list'
  | 'journal.people'
  | 'journal.state'
  | 'journal.check'
  | 'journal.save'
  | 'journal.expired'
  | 'journal.wipe'
  | 'journal.who-saw'
  | 'journal.save-seen';

const DAY_MS = 24 * 3_600_000;
/** What is found against the registry says nothing of the journal of this desk. */
const againstJournal = (finding: HistoryFinding | null) =>
  finding !== null && isDeskFinding(finding.code) ? { code: finding.code, entry: finding.entry } : null;

/** Court days as the instants between which they lie. */
const periodOf = ({ from, until }: { readonly from: string | null; readonly until: string | null }) => ({
  from: from === null ? undefined : new Date(Date.parse(endOfCourtDay(from as CourtDay)) - DAY_MS).toISOString(),
  until: until === null ? undefined : new Date(endOfCourtDay(until as CourtDay)).toISOString(),
});

/** What the head of office and the administrator look at: reports, and the journal of the desk. */
export function oversightChannels(context: CoreContext): Pick<Handlers, Group> {
  const { desk, shell, nudge, journalWatch } = context;
  const { store, config } = desk;
  /** What took a while is told to nobody else than who asked, and not journalled as if it had been. */
  const whyLeft = (session: Session) => context.session.whyLeft(session);
  const looks = { report: createLooks(config.clock), patterns: createLooks(config.clock) };
  const report = ({ from, until, ...asked }: ReportRequest) =>
    officeReport(desk, { ...asked, from: from as CourtDay, until: until as CourtDay });
  const filterOf = ({ from, until, actor, action, filingId, number, text }: JournalFilter, session: Session) => ({
    ...periodOf({ from, until }),
    actor: sees(session) ? (actor ?? undefined) : session.userId,
    action: action ?? undefined,
    subject: filingId ?? undefined,
    number: number || undefined,
    text: text || undefined,
  });

  return {
    'report.list': () => ok(listReports(desk)),
    'report.patterns': async ({ language, from, until }, session) => {
      const period = { from: from as CourtDay, until: until as CourtDay };
      const found = await fairnessPatterns(desk, { language, ...period });
      if (!found.ok) return found;
      const left = whyLeft(session);
      if (left) return { ok: false, error: left };
      const { patterns } = found.value;
      const filings = patterns.flatMap((pattern) => pattern.filings.map(({ id }) => id));
      noteTable(desk, looks.patterns, session, { id: 'patterns', ...period, rows: patterns.length, filings });
      return found;
    },
    'report.make': async (request, session) => {
      const made = await report(request);
      if (!made.ok) return made;
      const left = whyLeft(session);
      if (left) return { ok: false, error: left };
      const { id, period, title, asOf, columns, rows, filings, sums, breakdowns } = made.value;
      noteTable(desk, looks.report, session, { id, ...period, rows: rows.length, filings });
      return ok({
        ...{ title, asOf, total: rows.length },
        columns: columns.map(({ field, title: heading, width, type }) => ({ field, title: heading, width, number: type === 'number' })),
        rows: rows.slice(0, REPORT_ROWS_SHOWN).map((row) => row.map(({ text }) => text)),
        filings: filings.slice(0, REPORT_ROWS_SHOWN),
        sums: columns.flatMap(({ field, title: heading }) => (sums[field] === undefined ? [] : [{ title: heading, sum: sums[field] }])),
        breakdowns: breakdowns.map(({ title: heading, counts }) => ({ title: heading, counts: [...counts] })),
      });
    },
    'report.save': async ({ format, ...request }, session) => {
      const made = await report(request);
      if (!made.ok) return made;
      const asked = { format, actor: session.userId };
      const file = await reportFile(desk, made.value, asked);
      if (!file.ok) return file;
      return handOutBytes(context, session, file.value, () => noteReportTaken(desk, made.value, asked));
    },

    'report.schedule': () => ok(readSchedule(store.read)),
    'report.set-schedule': (schedule, session) => {
      const set = setSchedule(desk, schedule, session.userId);
      nudge();
      return set;
    },
    'report.made': () => ok(listMade(store.read)),
    'report.open-made': async ({ id }, session) => {
      const made = takeMade(desk, { id, format: 'pdf' });
      if (!made.ok) return made;
      const { sha256, size } = made.value;
      const url = await shell.publishDocument({ sha256, contentType: 'application/pdf', size });
      journalMade('report.viewed', made.value, session);
      return ok({ url, contentType: 'application/pdf', size, sha256 });
    },
    'report.save-made': async ({ id, format }, session) => {
      const made = takeMade(desk, { id, format });
      if (!made.ok) return made;
      return handOut(context, session, made.value, () => journalMade('report.exported', made.value, session, { format }));
    },

    'journal.list': ({ upTo, offset, limit, ...filter }, session) => {
      const { lines, ...found } = readJournal(store.read, filterOf(filter, session), { upTo: upTo ?? undefined, offset, limit });
      return ok({ ...found, lines: lines.map((line) => ({ ...line, actor: line.actor?.name ?? null })) });
    },
    'journal.people': () => ok(store.read.all<{ id: string; name: string }>('SELECT id, name FROM app_user ORDER BY name, id')),
    'journal.state': () => {
      const receipt = readReceipt(store.read);
      return ok({
        ...journalWatch.state(),
        anchored: receipt && receipt.anchoredAt !== '' ? { entries: receipt.entries, at: receipt.anchoredAt } : null,
        finding: againstJournal(readFinding(store.read)),
        accepted: acceptedJournal(desk),
        desk: desk.profile.workstationId,
      });
    },
    'journal.check': async () => {
      const checked = await checkHistory(desk);
      if (!checked.ok) return checked;
      const { finding, ...rest } = checked.value;
      return ok({ ...rest, finding: againstJournal(finding) });
    },
    'journal.save': ({ from, until }, session) =>
      saveJournal(context, session, { period: periodOf({ from, until }), fileName: `journal-${from ?? ''}-${until ?? ''}.gz` }),
    'journal.expired': async () => ok(await readExpired(wipeParts(desk))),
    'journal.wipe': ({ reason, ...seen }, session) => wipeExpired(wipeParts(desk), { actor: session.userId, reason, seen }),
    'journal.save-seen': async ({ person, format, language }, session) => {
      const seen = await store.snapshot((read) => whoSaw(read, config.resourcesDir, { person, lines: MOST_SEEN }));
      const table = seenReport(desk, person, seen, language);
      if (!table.ok) return table;
      const bytes = await reportBytes(desk, table.value, { format, madeBy: session.name });
      if (!bytes.ok) return bytes;
      const fileName = `who-saw-${config.clock().slice(0, 10)}.${format}`;
      const details = { filings: seen.filings.length, entries: seen.entries, format };
      return handOutBytes(context, session, { bytes: bytes.value, fileName }, () =>
        store.write((tx) =>
          tx.journal({ at: config.clock(), actor: session.userId, action: 'journal.person-exported', subject: null, details }),
        ),
      );
    },
    'journal.who-saw': async ({ person }, session) => {
      const { filings, people } = await store.snapshot((read) => whoSaw(read, config.resourcesDir, { person, lines: 0 }));
      const left = whyLeft(session);
      if (left) return { ok: false, error: left };
      const details = { filings: filings.length };
      store.write((tx) =>
        tx.journal({ at: config.clock(), actor: session.userId, action: 'journal.person-asked', subject: null, details }),
      );
      return ok({ filings: [...filings], people: [...people] });
    },
  };

  function journalMade(
    action: string,
    { report: id, month }: { readonly report: string; readonly month: string },
    { userId: actor }: Session,
    more: Record<string, string> = {},
  ): void {
    store.write((tx) => tx.journal({ at: config.clock(), actor, action, subject: null, details: { report: id, month, ...more } }));
  }
}

const sees = ({ activeRole }: Session): boolean => activeRole === 'office-head' || activeRole === 'admin';
