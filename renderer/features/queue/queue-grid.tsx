import { useEffect, useLayoutEffect, useRef, useState, type FocusEvent } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRowKeys } from '../../app/keys/use-row-keys.ts';
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
  /** The row to begin at; from then on the grid itself knows. */
  readonly startId: string | null;
  /** Takes the focus on arriving; not while somebody is typing a search. */
  readonly takeFocus: boolean;
  /** Grows when the focus is to come back to the current row. */
  readonly focusRequest: number;
  readonly onCurrent: (id: string) => void;
  readonly onOpen: (id: string) => void;
};

const HEADER_ROWS = 1;

/** A virtual grid with one tab stop: the current row. Rows keep their places; only the keys and the person move. */
export function QueueGrid({ rows, columns, label, startId, takeFocus, focusRequest, onCurrent, onOpen }: Props) {
  const { t } = useTexts();
  const format = useFormat();
  const kindName = useKindName();
  const scroller = useRef<HTMLDivElement>(null);
  const rowHeight = useRowHeight();
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing is memoized here: the compiler is not in use
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    getItemKey: (index) => rows[index]?.row.id ?? index,
  });
  useLayoutEffect(() => virtual.measure(), [rowHeight, virtual]);

  const [currentId, setCurrentId] = useState(startId);
  const found = rows.findIndex(({ row }) => row.id === currentId);
  const current = found < 0 ? 0 : found;
  const focusWanted = useRef(takeFocus);
  const makeCurrent = (id: string) => {
    setCurrentId(id);
    onCurrent(id);
  };

  useLayoutEffect(() => {
    if (focusRequest > 0) focusWanted.current = true;
  }, [focusRequest]);
  useLayoutEffect(() => {
    if (focusWanted.current) virtual.scrollToIndex(current, { align: 'auto' });
  }, [current, focusRequest, virtual]);
  /* After any drawing: a row that was far away exists only once the virtual list has got there. */
  useEffect(() => {
    if (!focusWanted.current) return;
    const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${current}"]`);
    if (!row) return;
    focusWanted.current = false;
    row.focus({ preventScroll: true });
  });

  const rowKeys = useRowKeys({
    current,
    count: rows.length,
    page: () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? rowHeight) / rowHeight) - 2),
    moveTo: (index) => {
      const target = rows[index];
      if (!target) return;
      focusWanted.current = true;
      makeCurrent(target.row.id);
    },
    open: (index) => {
      const target = rows[index];
      if (target) onOpen(target.row.id);
    },
  });
  const onFocus = (event: FocusEvent) => {
    rowKeys.onFocus();
    const id = event.target.closest<HTMLElement>('[data-row-id]')?.dataset['rowId'];
    if (id && id !== currentId) makeCurrent(id);
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
      onBlur={rowKeys.onBlur}
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
          const shown = rows[item.index];
          if (!shown) return null;
          const { row, gone } = shown;
          return (
            // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- Enter opens the current row, see useRowKeys
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
