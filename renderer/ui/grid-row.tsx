import { memo, type MouseEvent } from 'react';
import { ChosenMark } from './chosen-mark.tsx';
import { HEADER_ROWS, type GridColumn } from './grid-column.ts';
import styles from './row-grid.module.css';

type RowProps<Row> = {
  readonly row: Row | null;
  readonly id: string | null;
  readonly index: number;
  readonly columns: readonly GridColumn<Row>[];
  readonly top: number;
  readonly height: number;
  readonly state: string | undefined;
  readonly isCurrent: boolean;
  /** Null where nothing is chosen. */
  readonly chosen: boolean | null;
  readonly allowed: boolean;
  readonly choosing: boolean;
  readonly onRow: {
    readonly press: (event: MouseEvent) => void;
    readonly click: (event: MouseEvent, index: number) => void;
    readonly choose: (event: MouseEvent, index: number) => void;
  };
  /** Tells the list how high the row came out. */
  readonly measure: ((element: HTMLElement | null) => void) | null;
};

function OneRow<Row>(props: RowProps<Row>) {
  const { row, id, index, columns, top, height, state, isCurrent, chosen, allowed, choosing, onRow, measure } = props;
  return (
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- Enter opens the current row, see useRowKeys
    <div
      ref={measure}
      role="row"
      data-index={index}
      data-row-id={id ?? undefined}
      data-state={state}
      data-current={isCurrent || undefined}
      data-pane-start={isCurrent ? '' : undefined}
      data-wraps={measure ? '' : undefined}
      className={styles.row}
      aria-rowindex={index + 1 + HEADER_ROWS}
      aria-selected={chosen ?? isCurrent}
      aria-busy={row === null || undefined}
      tabIndex={isCurrent ? 0 : -1}
      style={{ [measure ? 'minHeight' : 'height']: height, transform: `translateY(${top}px)` }}
      onMouseDown={onRow.press}
      onClick={(event) => onRow.click(event, index)}
    >
      {choosing && (
        // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- Space does it on the row
        <span role="gridcell" className={styles.box} onClick={(event) => onRow.choose(event, index)}>
          {chosen !== null && <ChosenMark chosen={chosen} possible={allowed} />}
        </span>
      )}
      {columns.map((column) => (
        <span
          key={column.id}
          role="gridcell"
          className={styles.cell}
          data-column={column.id}
          title={row === null ? undefined : column.text?.(row)}
        >
          {row !== null && column.cell(row)}
        </span>
      ))}
    </div>
  );
}
/** Drawn anew only when something of its own changes: a key press draws two rows and not all. */
export const GridRow = memo(OneRow) as typeof OneRow;
