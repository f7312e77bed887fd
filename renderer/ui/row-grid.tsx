import { useEffect, useLayoutEffect, useRef, useState, type CSSProperties, type FocusEvent, type MouseEvent } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRowKeys } from '../app/keys/use-row-keys.ts';
import { HEADER_ROWS, type GridColumn, type GridSort } from './grid-column.ts';
import { GridHeader } from './grid-header.tsx';
import { GridRow } from './grid-row.tsx';
import { useRowHeight } from './use-row-height.ts';
import styles from './row-grid.module.css';

export type GridSelection<Row> = {
  readonly has: (row: Row) => boolean;
  /** Whether the row can be chosen at all; all can when absent. */
  readonly allows?: (row: Row) => boolean;
  readonly toggle: (row: Row) => void;
  /** Puts rows in and takes others out: Shift with the arrows or with a click. */
  readonly change?: (into: readonly Row[], out: readonly Row[]) => void;
  readonly toggleAll: () => void;
};
type Props<Row> = {
  readonly label: string;
  /** Keep them between drawings (useMemo), so that a key press draws two rows anew and not all. */
  readonly columns: readonly GridColumn<Row>[];
  readonly count: number;
  /** Null: not loaded yet; it is drawn as waiting, and `onVisible` has asked for it. */
  readonly rowAt: (index: number) => Row | null;
  readonly idOf: (row: Row) => string;
  /** Where a row stands now, -1 for nowhere; asked when rows have moved. Absent: the loaded rows are looked through. */
  readonly indexOf?: (id: string) => number;
  /** The drawn rows, both ends included. */
  readonly onVisible?: (first: number, last: number) => void;
  /** The row to begin at; from then on the grid itself knows. */
  readonly startId?: string | null;
  /** Takes the focus on arriving; not while somebody is typing a search. */
  readonly takeFocus?: boolean;
  /** Grows when the focus is to come back to the current row. */
  readonly focusRequest?: number;
  /** A row that is brought into view whenever it changes; the focus stays. */
  readonly reveal?: number | null;
  readonly onCurrent?: (id: string, index: number) => void;
  readonly onOpen: (row: Row, index: number) => void;
  readonly selection?: GridSelection<Row>;
  readonly sort?: GridSort | null;
  readonly onSort?: (column: string) => void;
  /** Below this width the grid scrolls sideways. */
  readonly minWidth?: string;
  /** Rows grow with what stands in them; else all are of one height and what is too long is cut. */
  readonly wraps?: boolean;
  /** The grid is a pane of F6; false where it stands in one. */
  readonly pane?: boolean;
  /** For `data-state` of the row. */
  readonly stateOf?: (row: Row) => string;
};

const CHOICE_WIDTH = '2.2rem';
/** A list as short as this is drawn whole, so that it can be read through without scrolling. */
const DRAWN_WHOLE = 40;
const OVERSCAN = 6;

/** Rows with one tab stop: the current one. Rows keep their places; only the keys and the person move. */
export function RowGrid<Row>(props: Props<Row>) {
  const { label, columns, count, rowAt, idOf, selection, onVisible, sort = null, wraps = false, pane = true } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const rowHeight = useRowHeight();
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing is memoized here: the compiler is not in use
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: count <= DRAWN_WHOLE ? count : OVERSCAN,
    getItemKey: (index) => {
      const row = rowAt(index);
      return row === null ? index : idOf(row);
    },
  });
  useLayoutEffect(() => virtual.measure(), [rowHeight, virtual]);

  const { current, makeCurrent } = useCurrentRow(props);
  const focusWanted = useRef(props.takeFocus ?? true);
  const { focusRequest = 0, reveal = null } = props;
  useLayoutEffect(() => {
    if (focusRequest > 0) focusWanted.current = true;
  }, [focusRequest]);
  useLayoutEffect(() => {
    if (focusWanted.current) virtual.scrollToIndex(current, { align: 'auto' });
  }, [current, focusRequest, virtual]);
  useEffect(() => {
    if (reveal !== null && reveal >= 0) virtual.scrollToIndex(reveal, { align: 'auto' });
  }, [reveal, virtual]);
  /** The focus is on a row, and comes to the current one when that row goes. */
  const held = useRef(false);
  /* With every drawing, as a row that was far away exists only once the virtual list has got there; and in it, not after it, where a key pressed meanwhile would have wished for another row. */
  useLayoutEffect(() => {
    if (held.current && document.activeElement === document.body) focusWanted.current = true;
    if (!focusWanted.current) return;
    if (focusRow(current)) focusWanted.current = false;
  });
  const focusRow = (index: number): boolean => {
    const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"]`);
    row?.focus({ preventScroll: true });
    return row != null;
  };

  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? -1;
  useEffect(() => {
    if (last >= first) onVisible?.(first, last);
  }, [first, last, onVisible]);

  const anchor = useRef<number | null>(null);
  const loaded = (from: number, to: number): Row[] => {
    const rows: Row[] = [];
    for (let index = Math.min(from, to); index <= Math.max(from, to); index++) {
      const row = rowAt(index);
      if (row !== null) rows.push(row);
    }
    return rows;
  };
  const moveTo = (index: number) => {
    if (index < 0 || index >= count) return;
    anchor.current = null;
    // the current row is not drawn anew, and may have lost the focus
    if (index === current && focusRow(index)) return;
    focusWanted.current = true;
    makeCurrent(index);
  };
  const extendTo = (index: number) => {
    if (!selection?.change || index < 0 || index >= count) return;
    const from = anchor.current ?? current;
    const isReturning = Math.abs(index - from) < Math.abs(current - from);
    selection.change(loaded(from, index), isReturning ? loaded(current, current) : []);
    focusWanted.current = true;
    makeCurrent(index);
    anchor.current = from;
  };
  const toggle = (index: number) => {
    const row = rowAt(index);
    if (row !== null) selection?.toggle(row);
  };
  const open = (index: number) => {
    const row = rowAt(index);
    if (row !== null) props.onOpen(row, index);
  };
  const rowKeys = useRowKeys({
    isOnly: () => document.querySelectorAll('[role="grid"]').length === 1,
    current,
    count,
    page: () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? rowHeight) / rowHeight) - 2),
    moveTo,
    open,
    ...(selection && { select: { toggle, toggleAll: selection.toggleAll, extendTo } }),
  });

  const acts = useRef({ toggle, open, extendTo, canExtend: selection?.change !== undefined });
  useLayoutEffect(() => {
    acts.current = { toggle, open, extendTo, canExtend: selection?.change !== undefined };
  });
  const [onRow] = useState(() => ({
    /** Shift and a click choose from the current row on: the press does not move the focus before that. */
    press: (event: MouseEvent) => {
      if (event.shiftKey && acts.current.canExtend) event.preventDefault();
    },
    click: (event: MouseEvent, index: number) => {
      if (event.shiftKey && acts.current.canExtend) acts.current.extendTo(index);
      else acts.current.open(index);
    },
    choose: (event: MouseEvent, index: number) => {
      event.stopPropagation();
      if (event.shiftKey && acts.current.canExtend) acts.current.extendTo(index);
      else acts.current.toggle(index);
    },
  }));
  const onFocus = (event: FocusEvent) => {
    rowKeys.onFocus();
    held.current = true;
    makeCurrent(Number(event.target.closest<HTMLElement>('[data-index]')?.dataset['index'] ?? current));
  };
  const onBlur = () => {
    rowKeys.onBlur();
    held.current = false;
  };
  const tracks = [...(selection ? [CHOICE_WIDTH] : []), ...columns.map((column) => column.width)].join(' ');

  return (
    <div
      ref={scroller}
      className={styles.scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={count + HEADER_ROWS}
      aria-colcount={columns.length + (selection ? 1 : 0)}
      aria-multiselectable={selection !== undefined || undefined}
      data-single-keys
      data-pane={pane ? '' : undefined}
      style={{ '--tracks': tracks, '--least': props.minWidth ?? '0' } as CSSProperties}
    >
      <GridHeader columns={columns} choosing={selection !== undefined} sort={sort} onSort={props.onSort} />
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the rows within take the focus and tell this */}
      <div role="rowgroup" className={styles.body} style={{ height: virtual.getTotalSize() }} onFocus={onFocus} onBlur={onBlur}>
        {items.map((item) => {
          const row = rowAt(item.index);
          return (
            <GridRow
              key={item.key}
              row={row}
              id={row === null ? null : idOf(row)}
              index={item.index}
              columns={columns}
              top={item.start}
              height={rowHeight}
              state={row === null ? undefined : props.stateOf?.(row)}
              isCurrent={item.index === current}
              chosen={selection && row !== null ? selection.has(row) : null}
              allowed={selection && row !== null ? (selection.allows?.(row) ?? true) : true}
              choosing={selection !== undefined}
              onRow={onRow}
              measure={wraps ? virtual.measureElement : null}
            />
          );
        })}
      </div>
    </div>
  );
}

/** The current row by its id, wherever the row is now; when it left, the one that came into its place. */
function useCurrentRow<Row>({ count, rowAt, idOf, indexOf, startId = null, onCurrent }: Props<Row>) {
  const [at, setAt] = useState<{ readonly id: string | null; readonly index: number }>({ id: startId, index: 0 });
  const idAt = (index: number) => {
    const row = index < count ? rowAt(index) : null;
    return row === null ? null : idOf(row);
  };
  const look = (id: string) => {
    if (indexOf) return indexOf(id);
    for (let index = 0; index < count; index++) if (idAt(index) === id) return index;
    return -1;
  };
  const found = at.id === null || idAt(at.index) === at.id ? at.index : look(at.id);
  const current = Math.max(0, Math.min(count - 1, found < 0 ? at.index : found));
  const makeCurrent = (index: number) => {
    const id = idAt(index);
    if (id === at.id && index === at.index) return;
    setAt({ id, index });
    if (id !== null) onCurrent?.(id, index);
  };
  return { current, makeCurrent };
}
