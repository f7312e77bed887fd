import type { ReactNode } from 'react';
import type { QueueRow } from '../../../shared/contract/index.ts';
import type { TextKey } from '../../i18n/text-key.ts';
import { SignatureChip } from '../signatures/signature-chip.tsx';
import { DueChip } from './due-chip.tsx';
import { RowState } from './row-state.tsx';

export type ColumnTools = {
  readonly dayAndTime: (instant: string) => string;
  readonly kind: (id: string) => string;
  readonly none: string;
};
export type Column = {
  readonly id: string;
  readonly title: TextKey;
  /** A track of the row's CSS grid. */
  readonly width: string;
  /** Full text for the tooltip of a cell that may be cut off. */
  readonly text?: (row: QueueRow, tools: ColumnTools) => string;
  readonly cell: (row: QueueRow, tools: ColumnTools, gone: boolean) => ReactNode;
};

const text = (id: string, title: TextKey, width: string, of: (row: QueueRow, tools: ColumnTools) => string): Column => ({
  id,
  title,
  width,
  text: of,
  cell: of,
});

const received = text('received', 'queue.colReceived', '6.8rem', (row, tools) => tools.dayAndTime(row.receivedAt));
const number = text('number', 'queue.colNumber', '7.1rem', (row) => row.cabinetNumber);
const kind = text('kind', 'queue.colKind', '9rem', (row, tools) => tools.kind(row.kind));
const claimant = text('claimant', 'queue.colClaimant', 'minmax(7rem, 1.2fr)', (row) => row.claimant);
const respondent = text('respondent', 'queue.colRespondent', 'minmax(7rem, 1fr)', (row, tools) => row.respondent ?? tools.none);
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
const incoming = text('incoming', 'queue.colIncoming', '8.8rem', (row, tools) => row.incomingNumber ?? tools.none);
const caseNumber = text('case', 'queue.colCase', '9.6rem', (row, tools) => row.caseNumber ?? tools.none);

export const INTAKE_COLUMNS: readonly Column[] = [received, number, kind, claimant, respondent, signature, due, state];
export const REGISTERED_COLUMNS: readonly Column[] = [registered, incoming, caseNumber, kind, claimant, respondent, state];
export const SEARCH_COLUMNS: readonly Column[] = [received, number, incoming, caseNumber, kind, claimant, respondent, state];
