import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import styles from './figure-grid.module.css';

export type FigureCell = {
  readonly text: string;
  /** What the number says, with its line and column. */
  readonly label: string;
  /** Of the largest of its column, 0 to 1: drawn as a bar beside the number, or as shade behind it. */
  readonly share?: number | undefined;
  readonly onOpen?: (() => void) | undefined;
};
type Column = { readonly id: string; readonly title: string; /** When the title is an abbreviation. */ readonly long?: string | undefined };
type Row = { readonly id: string; readonly name: ReactNode; readonly cells: readonly (FigureCell | null)[] };
type Props = {
  readonly label: string;
  readonly corner: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly picture: 'bars' | 'shades' | 'none';
  /** `even`: all of one width beside a name; `narrow`: many of them. */
  readonly widths?: 'even' | 'narrow' | undefined;
};
const STEPS: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** A table of numbers that lead to lists. It is one stop of Tab; arrows, Home and End go from number to number. */
export function FigureGrid({ label, corner, columns, rows, picture, widths }: Props) {
  const table = useRef<HTMLTableElement>(null);
  const [current, setCurrent] = useState<string | null>(null);
  const leads = rows.flatMap(({ id, cells }) => cells.flatMap((cell, at) => (cell?.onOpen ? [`${id} ${columns[at]!.id}`] : [])));
  const stop = current !== null && leads.includes(current) ? current : leads[0];
  const keyOf = (row: number, column: number) => `${rows[row]!.id} ${columns[column]!.id}`;

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const place = (event.target as HTMLElement).dataset['at']?.split(' ').map(Number);
    const found = place && next(event.key, place[0]!, place[1]!);
    if (!found) return;
    event.preventDefault();
    setCurrent(keyOf(...found));
    table.current?.querySelector<HTMLElement>(`[data-at="${found.join(' ')}"]`)?.focus();
  };
  const next = (key: string, row: number, column: number): [number, number] | null => {
    const isLead = (r: number, c: number) => rows[r]?.cells[c]?.onOpen !== undefined;
    const ends = key === 'Home' ? columns.keys() : key === 'End' ? [...columns.keys()].reverse() : null;
    if (ends) {
      for (const c of ends) if (isLead(row, c)) return [row, c];
      return null;
    }
    const step = STEPS[key];
    if (!step) return null;
    for (let r = row + step[0], c = column + step[1]; rows[r] && c >= 0 && c < columns.length; r += step[0], c += step[1])
      if (isLead(r, c)) return [r, c];
    return null;
  };

  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- the table is a grid of links
    <table ref={table} role="grid" aria-label={label} className={styles.grid} data-columns={widths} onKeyDown={onKeyDown}>
      <thead>
        <tr>
          <th scope="col">{corner}</th>
          {columns.map(({ id, title, long }) => (
            <th key={id} scope="col" className={styles.column}>
              {long === undefined ? title : <abbr title={long}>{title}</abbr>}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, r) => (
          <tr key={row.id}>
            <th scope="row" className={styles.name}>
              {row.name}
            </th>
            {row.cells.map((cell, c) => (
              <td
                key={columns[c]!.id}
                className={styles.cell}
                data-shade={picture === 'shades' && cell?.share ? Math.ceil(cell.share * 4) : undefined}
              >
                {cell && (
                  <span className={styles.inside}>
                    {picture === 'bars' && cell.share !== undefined && cell.share > 0 && (
                      <span className={styles.track} aria-hidden="true">
                        <span className={styles.fill} style={{ width: `${cell.share * 100}%` }} />
                      </span>
                    )}
                    {cell.onOpen ? (
                      <button
                        type="button"
                        className={styles.lead}
                        aria-label={cell.label}
                        title={cell.label}
                        data-at={`${r} ${c}`}
                        data-figure={`${label}: ${keyOf(r, c)}`}
                        tabIndex={stop === keyOf(r, c) ? 0 : -1}
                        onFocus={() => setCurrent(keyOf(r, c))}
                        onClick={cell.onOpen}
                      >
                        {cell.text}
                      </button>
                    ) : (
                      <span>{cell.text}</span>
                    )}
                  </span>
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
