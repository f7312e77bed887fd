import { useMemo } from 'react';
import { useKindName } from '../../app/use-kind-name.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { RowGrid, type GridColumn } from '../../ui/row-grid.tsx';
import type { ShownRow } from './merge-rows.ts';
import type { Column } from './queue-columns.tsx';

type Props = {
  readonly rows: readonly ShownRow[];
  readonly columns: readonly Column[];
  readonly label: string;
  /** The row to begin at; from then on the grid itself knows. */
  readonly startId: string | null;
  /** Takes the focus on arriving; not while somebody is typing a search. */
  readonly takeFocus: boolean;
  /** Grows when the focus is to come back to the current row. */
  readonly focusRequest: number;
  readonly onCurrent: (id: string) => void;
  readonly onOpen: (id: string) => void;
};

/** Filings as rows. */
export function QueueGrid({ rows, columns, onOpen, ...rest }: Props) {
  const { t } = useTexts();
  const { dayAndTime } = useFormat();
  const { short: kind } = useKindName();
  const none = t('state.none');
  const shown = useMemo(() => {
    const tools = { dayAndTime, kind, none };
    return columns.map(({ id, title, width, text, cell }): GridColumn<ShownRow> => ({
      id,
      title: t(title),
      width,
      ...(text && { text: ({ row }) => text(row, tools) }),
      cell: ({ row, gone }) => cell(row, tools, gone),
    }));
  }, [columns, dayAndTime, kind, none, t]);
  return (
    <RowGrid
      {...rest}
      columns={shown}
      count={rows.length}
      rowAt={(index) => rows[index] ?? null}
      idOf={({ row }) => row.id}
      onOpen={({ row }) => onOpen(row.id)}
      minWidth="68rem"
      pane={false}
    />
  );
}
