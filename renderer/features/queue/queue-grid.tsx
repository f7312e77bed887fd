import { useEffect, useLayoutEffect, useRef, useState, type FocusEvent } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useKindName } from '../../app/use-kind-name.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { useRowHeight } from '../../ui/use-row-height.ts';
import type { ShownRow } from './merge-rows.ts';
import type { Column } from './queue-columns.tsx';
import styles from './queue-grid.module.css';

type Props = {
  readonly rows: readonly ShownRow[];
  readonly columns: readonly Column[];
  readonly label: string;
  readonly currentId: string | null;
  readonly onCurrent: (id: string) => void;
  readonly onOpen: (id: string) => void;
};

const HEADER_ROWS = 1;

/** A virtual grid with one tab stop: the current row. Rows keep their places; only the keys and the person move. */
export function QueueGrid({ rows, columns, label, currentId, onCurrent, onOpen }: Props) {
  const { t } = useTexts();
  const format = useFormat();
  const kindName = useKindName();
  const scroller = useRef<HTMLDivElement>(null);
  const rowHeight = useRowHeight();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    getItemKey: (index) => rows[index]!.row.id,
  });
  useLayoutEffect(() => virtual.measure(), [rowHeight, virtual]);

  const found = rows.findIndex(({ row }) => row.id === currentId);
  const current = found < 0 ? 0 : found;
  const [focusWanted, setFocusWanted] = useState(true);
  const inside = useRef(false);

  const moveTo = (index: number) => {
    const target = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (!target) return;
    onCurrent(target.row.id);
    setFocusWanted(true);
  };
  const visibleRows = () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? rowHeight) / rowHeight) - 2);

  useLayoutEffect(() => {
    if (!focusWanted || rows.length === 0) return;
    virtual.scrollToIndex(current, { align: 'auto' });
  }, [focusWanted, current, rows.length, virtual]);
  useEffect(() => {
    if (!focusWanted) return;
    const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${current}"]`);
    if (!row) return;
    row.focus({ preventScroll: true });
    setFocusWanted(false);
  });

  const here = (run: () => void) => () => {
    if (!inside.current) return false;
    run();
    return true;
  };
  useCommands('panel', {
    'list.next': here(() => moveTo(current + 1)),
    'list.next-letter': here(() => moveTo(current + 1)),
    'list.previous': here(() => moveTo(current - 1)),
    'list.previous-letter': here(() => moveTo(current - 1)),
    'list.page-down': here(() => moveTo(current + visibleRows())),
    'list.page-up': here(() => moveTo(current - visibleRows())),
    'list.first': here(() => moveTo(0)),
    'list.last': here(() => moveTo(rows.length - 1)),
    'list.open': here(() => {
      const row = rows[current];
      if (row) onOpen(row.row.id);
    }),
  });

  const onFocus = (event: FocusEvent) => {
    inside.current = true;
    const id = event.target.closest<HTMLElement>('[data-row-id]')?.dataset['rowId'];
    if (id && id !== currentId) onCurrent(id);
  };
  const tools = { dayAndTime: format.dayAndTime, kind: kindName.short, none: t('state.none') };
  const tracks = columns.map((column) => column.width).join(' ');

  return (
    <div
      ref={scroller}
      className={styles.scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length + HEADER_ROWS}
      aria-colcount={columns.length}
      data-single-keys
      onFocus={onFocus}
      onBlur={() => {
        inside.current = false;
      }}
    >
      <div className={styles.header} role="row" aria-rowindex={1} style={{ gridTemplateColumns: tracks }}>
        {columns.map((column) => (
          <span key={column.id} role="columnheader" className={styles.title}>
            {t(column.title)}
          </span>
        ))}
      </div>
      <div role="rowgroup" className={styles.body} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const { row, gone } = rows[item.index]!;
          return (
            <div
              key={item.key}
              role="row"
              data-index={item.index}
              data-row-id={row.id}
              data-pane-start={item.index === current ? '' : undefined}
              className={styles.row}
              aria-rowindex={item.index + 1 + HEADER_ROWS}
              aria-selected={item.index === current}
              tabIndex={item.index === current ? 0 : -1}
              style={{ height: rowHeight, transform: `translateY(${item.start}px)`, gridTemplateColumns: tracks }}
              onClick={() => onOpen(row.id)}
            >
              {columns.map((column) => (
                <span key={column.id} role="gridcell" className={styles.cell} data-column={column.id} title={column.text?.(row, tools)}>
                  {column.cell(row, tools, gone)}
                </span>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}
