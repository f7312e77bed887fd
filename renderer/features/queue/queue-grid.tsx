import { useCallback, useMemo } from 'react';
import type { ListLayout, QueueSort } from '../../../shared/contract/index.ts';
import { useKindName } from '../../app/use-kind-name.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import type { GridColumn } from '../../ui/grid-column.ts';
import { RowGrid, type GridSelection } from '../../ui/row-grid.tsx';
import type { Column } from './queue-columns.tsx';
import type { Queue, ShownRow } from './use-queue.ts';

type Props = {
  readonly queue: Queue;
  readonly columns: readonly Column[];
  readonly layout: ListLayout;
  readonly label: string;
  /** The row to begin at; from then on the grid itself knows. */
  readonly startId: string | null;
  /** Takes the focus on arriving; not while somebody is typing a search. */
  readonly takeFocus: boolean;
  /** Grows when the focus is to come back to the current row. */
  readonly focusRequest: number;
  readonly onCurrent: (id: string) => void;
  readonly onOpen: (id: string, index: number) => void;
  readonly selection?: GridSelection<ShownRow>;
  readonly sort: QueueSort | null;
  readonly onSort?: (column: QueueSort['column']) => void;
};

/** Filings as rows; only those that are looked at are here. */
export function QueueGrid({ queue, columns, layout, onOpen, sort, onSort, ...rest }: Props) {
  const { t } = useTexts();
  const { dayAndTime, date } = useFormat();
  const { short: kind } = useKindName();
  const none = t('state.none');
  const shown = useMemo(() => {
    const tools = { dayAndTime, date, kind, none, t };
    return columns
      .filter(({ id }) => !layout.hidden.includes(id))
      .map(({ id, title, width, text, cell, unsortable = false }): GridColumn<ShownRow> => {
        const wide = layout.widths[id];
        return {
          id,
          title: t(title),
          width: wide === undefined ? width : `${wide}rem`,
          sortable: !unsortable,
          ...(text && { text: ({ row }) => text(row, tools) }),
          cell: ({ row, gone }) => cell(row, tools, gone),
        };
      });
  }, [columns, layout, dayAndTime, date, kind, none, t]);
  const sortBy = useCallback((column: string) => onSort?.(column as QueueSort['column']), [onSort]);
  return (
    <RowGrid
      {...rest}
      columns={shown}
      count={queue.total ?? 0}
      rowAt={queue.rowAt}
      idOf={({ row }) => row.id}
      indexOf={queue.placeOf}
      onVisible={queue.see}
      onOpen={({ row }, index) => onOpen(row.id, index)}
      sort={sort && { column: sort.column, direction: sort.descending ? 'descending' : 'ascending' }}
      {...(onSort && { onSort: sortBy })}
      minWidth="66rem"
      pane={false}
    />
  );
}
