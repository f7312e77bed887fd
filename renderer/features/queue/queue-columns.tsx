import type { ReactNode } from 'react';
import type { QueueRow, QueueSort } from '../../../shared/contract/index.ts';
import type { TextKey } from '../../i18n/text-key.ts';
import type { Texts } from '../../i18n/use-texts.ts';
import type { DoneView } from '../../app/route.ts';
import { SignatureChip } from '../signatures/signature-chip.tsx';
import { DueChip } from './due-chip.tsx';
import { RowState } from './row-state.tsx';

export type ColumnTools = {
  readonly dayAndTime: (instant: string) => string;
  readonly date: (instant: string) => string;
  readonly kind: (id: string) => string;
  readonly none: string;
  readonly t: Texts['t'];
};
export type Column = {
  /** Also the order that its header asks for, where it asks for one. */
  readonly id: QueueSort['column'] | 'judge' | 'talon' | 'ruling' | 'mended';
  readonly title: TextKey;
  /** A track of the row's CSS grid. */
  readonly width: string;
  /** Full text for the tooltip of a cell that may be cut off. */
  readonly text?: (row: QueueRow, tools: ColumnTools) => string;
  readonly cell: (row: QueueRow, tools: ColumnTools, gone: boolean) => ReactNode;
  /** No index of the store answers its order. */
  readonly unsortable?: true;
};

const text = (id: Column['id'], title: TextKey, width: string, of: (row: QueueRow, tools: ColumnTools) => string): Column => ({
  id,
  title,
  width,
  text: of,
  cell: of,
});
/** A name stands apart from the direction of the writing around it. */
const name = (id: Column['id'], title: TextKey, width: string, of: (row: QueueRow, tools: ColumnTools) => string): Column => ({
  ...text(id, title, width, of),
  cell: (row, tools) => <bdi>{of(row, tools)}</bdi>,
});

const received = text('received', 'queue.colReceived', '6.8rem', (row, tools) => tools.dayAndTime(row.receivedAt));
const number = text('number', 'queue.colNumber', '7.1rem', (row, tools) => row.cabinetNumber || tools.none);
const kind = text('kind', 'queue.colKind', '8.4rem', (row, tools) => tools.kind(row.kind));
const claimant = name('claimant', 'queue.colClaimant', 'minmax(6.5rem, 1.2fr)', (row) => row.claimant);
const respondent = name('respondent', 'queue.colRespondent', 'minmax(6.5rem, 1fr)', (row, tools) => row.respondent ?? tools.none);
const assignee = name('assignee', 'queue.colAssignee', 'minmax(6.5rem, 0.9fr)', (row, tools) => row.assignee?.name ?? tools.none);
const documents = text('documents', 'queue.colDocuments', '4.4rem', (row) => String(row.documents));
const signature: Column = {
  id: 'signature',
  title: 'queue.colSignature',
  width: '11.6rem',
  cell: (row) => <SignatureChip state={row.signature} />,
};
const due: Column = {
  id: 'due',
  title: 'queue.colDue',
  width: '9rem',
  cell: (row) => <DueChip dueAt={row.dueAt} courtDaysLeft={row.courtDaysLeft} />,
};
const state: Column = {
  id: 'state',
  title: 'queue.colStatus',
  width: '12.4rem',
  cell: (row, _tools, gone) => <RowState row={row} gone={gone} />,
};
const registered = text('registered', 'queue.colRegistered', '8.6rem', (row, tools) =>
  row.registeredAt === null ? tools.none : tools.dayAndTime(row.registeredAt),
);
const judge: Column = {
  ...name('judge', 'queue.colJudge', 'minmax(6.5rem, 0.8fr)', (row, tools) => row.judge ?? tools.none),
  unsortable: true,
};
const unsortable = (...column: Parameters<typeof text>): Column => ({ ...text(...column), unsortable: true });
const talon = unsortable('talon', 'queue.colTalon', '7.4rem', ({ talon }, { t, none }) =>
  talon === null
    ? none
    : talon.prints > 0
      ? t('talon.printed', { number: talon.prints })
      : t(talon.drawn ? 'talon.ready' : 'talon.drawing'),
);
const ruling = unsortable('ruling', 'queue.colRuling', 'minmax(11rem, 1fr)', ({ sentBack }, { t, none }) =>
  sentBack === null ? none : t(`sentBack.${sentBack.stage}.${sentBack.decision}`),
);
const mended = unsortable('mended', 'queue.colMended', '9.4rem', ({ sentBack }, { t, none }) =>
  sentBack === null || sentBack.stage !== 'signed'
    ? none
    : sentBack.mendedBy === null
      ? t('sentBack.notMended')
      : `${sentBack.mendedBy.cabinetNumber} · ${t(`status.${sentBack.mendedBy.state}`)}`,
);
const incoming = text('incoming', 'queue.colIncoming', '8.8rem', (row, tools) => row.incomingNumber ?? tools.none);
const caseNumber = text('case', 'queue.colCase', '9.6rem', (row, tools) => row.caseNumber ?? tools.none);

export const INTAKE_COLUMNS: readonly Column[] = [received, number, kind, claimant, respondent, documents, signature, due, assignee, state];
/** What is out of sight until a person asks for it; the head of the office sees who has what. */
export const HIDDEN_AT_FIRST = { secretary: ['documents', 'assignee'], head: ['documents', 'respondent'] } as const;
export const DONE_COLUMNS: Readonly<Record<DoneView, readonly Column[]>> = {
  registered: [caseNumber, incoming, registered, kind, claimant, respondent, judge, talon, state],
  'sent-back': [caseNumber, registered, kind, claimant, judge, ruling, mended, talon],
};
export const SEARCH_COLUMNS: readonly Column[] = [received, number, incoming, caseNumber, kind, claimant, respondent, state];
