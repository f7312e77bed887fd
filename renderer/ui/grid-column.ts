import type { ReactNode } from 'react';

export type GridColumn<Row> = {
  readonly id: string;
  readonly title: string;
  /** A track of the row's CSS grid. */
  readonly width: string;
  /** Full text for the tooltip of a cell that may be cut off. */
  readonly text?: (row: Row) => string | undefined;
  readonly cell: (row: Row) => ReactNode;
  /** Its header is a button that asks for this order. */
  readonly sortable?: boolean;
};
export type GridSort = { readonly column: string; readonly direction: 'ascending' | 'descending' };

export const HEADER_ROWS = 1;
