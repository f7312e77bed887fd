import type { KeyboardEvent } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import type { GridColumn, GridSort } from './grid-column.ts';
import { Icon } from './icon.tsx';
import styles from './row-grid.module.css';

type Props<Row> = {
  readonly columns: readonly GridColumn<Row>[];
  /** Rows can be chosen: a column for their marks stands first. */
  readonly choosing: boolean;
  readonly sort: GridSort | null;
  readonly onSort: ((column: string) => void) | undefined;
};

/** What the columns are called; those that order the rows are one tab stop. */
export function GridHeader<Row>({ columns, choosing, sort, onSort }: Props<Row>) {
  const { t } = useTexts();
  return (
    // eslint-disable-next-line jsx-a11y/interactive-supports-focus -- its buttons take the focus
    <div className={styles.header} role="row" aria-rowindex={1} onKeyDown={moveAmongButtons}>
      {choosing && (
        <span role="columnheader">
          <span className="visually-hidden">{t('act.chosen')}</span>
        </span>
      )}
      {columns.map((column) => (
        <Header key={column.id} column={column} sort={sort} isStop={isSortStop(columns, column.id, sort)} onSort={onSort} />
      ))}
    </div>
  );
}

type HeaderProps<Row> = {
  readonly column: GridColumn<Row>;
  readonly sort: GridSort | null;
  readonly isStop: boolean;
  readonly onSort: ((column: string) => void) | undefined;
};

function Header<Row>({ column: { id, title, sortable = false }, sort, isStop, onSort }: HeaderProps<Row>) {
  const direction = sort?.column === id ? sort.direction : null;
  if (!sortable || !onSort)
    return (
      <span role="columnheader" className={styles.title}>
        {title}
      </span>
    );
  return (
    <span role="columnheader" className={styles.title} aria-sort={direction ?? 'none'}>
      <button type="button" className={styles.sort} tabIndex={isStop ? 0 : -1} onClick={() => onSort(id)}>
        {title}
        {direction && (
          <span className={styles.arrow} data-direction={direction}>
            <Icon name="down" size={12} />
          </span>
        )}
      </button>
    </span>
  );
}

/** The header is one tab stop: the column that orders the rows, else the first that can. */
function isSortStop<Row>(columns: readonly GridColumn<Row>[], id: string, sort: GridSort | null): boolean {
  const sortable = columns.filter((column) => column.sortable);
  return (sortable.find((column) => column.id === sort?.column) ?? sortable[0])?.id === id;
}

function moveAmongButtons(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (step === undefined) return;
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const next = buttons[buttons.findIndex((button) => button === document.activeElement) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
