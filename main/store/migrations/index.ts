import { queue } from './0010-queue.ts';
import { verification } from './0020-verification.ts';
import { leases } from './0040-leases.ts';
import { feedLink } from './0050-feed-link.ts';
import { documentRetry } from './0060-document-retry.ts';
import { sessions } from './0070-sessions.ts';
import { setAsideAct } from './0080-set-aside-act.ts';
import { proceedings } from './0100-proceedings.ts';
import { actRaises } from './0110-act-raises.ts';
import { actVersions } from './0120-act-versions.ts';
import { actTalk } from './0121-act-talk.ts';
import { actText } from './0122-act-text.ts';
import { batch } from './0130-batch.ts';
import { dispatch } from './0140-dispatch.ts';
import { actKinds } from './0150-act-kinds.ts';
import { findings } from './0160-findings.ts';
import { tracesByFiling } from './0161-traces-by-filing.ts';
import { queueWork } from './0170-queue-work.ts';
import { documentText } from './0180-document-text.ts';
import { officeWords } from './0181-office-words.ts';
import { earlierFiling } from './0190-earlier-filing.ts';
import { talonPrints } from './0191-talon-prints.ts';
import { proposal } from './0192-proposal.ts';
import { printsByRegistration } from './0193-prints-by-registration.ts';
import { paper } from './0200-paper.ts';
import { paperPages } from './0201-paper-pages.ts';
import { printWaiting } from './0210-print-waiting.ts';
import { documentWords } from './0215-document-words.ts';
import { journalSearch } from './0220-journal-search.ts';
import { reviewedBy } from './0221-reviewed-by.ts';
import { largeCourt } from './0222-large-court.ts';
import { annexes } from './0240-annexes.ts';
import { sentBackList } from './0230-sent-back-list.ts';
import { afterRegistering } from './0231-after-registering.ts';
import { boardFigures } from './0260-board-figures.ts';
import { workPlan } from './0270-work-plan.ts';
import { scheduledReports } from './0280-scheduled-reports.ts';
import { largeJournal } from './0290-large-journal.ts';
import { wipedFilings } from './0350-wiped-filings.ts';
import { passingPapers } from './0390-passing-papers.ts';
import { actsBySigning } from './0400-acts-by-signing.ts';

/** Forward only, in steps of ten so that a hot fix finds room between two. */
export const MIGRATIONS: readonly { readonly version: number; readonly sql: string }[] = [
  queue,
  verification,
  leases,
  feedLink,
  documentRetry,
  sessions,
  setAsideAct,
  proceedings,
  actRaises,
  actVersions,
  actTalk,
  actText,
  batch,
  dispatch,
  actKinds,
  findings,
  tracesByFiling,
  queueWork,
  documentText,
  officeWords,
  earlierFiling,
  talonPrints,
  proposal,
  printsByRegistration,
  paper,
  paperPages,
  printWaiting,
  documentWords,
  journalSearch,
  reviewedBy,
  largeCourt,
  sentBackList,
  afterRegistering,
  annexes,
  boardFigures,
  workPlan,
  scheduledReports,
  largeJournal,
  wipedFilings,
  passingPapers,
  actsBySigning,
];
export const LATEST_VERSION = MIGRATIONS.at(-1)!.version;
