import { Button } from '@mantine/core';
import { ACT_TEXT_LIMITS } from '../../../shared/domain/act-text-limits.ts';
import type { ActBlock } from '../../../shared/domain/act-text.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { withAt, withColumn, withoutColumn, withoutRow, withRow } from './edit-blocks.ts';
import styles from './text-editor.module.css';

type Table = Extract<ActBlock, { type: 'table' }>;
type Props = {
  readonly table: Table;
  readonly name: string;
  readonly lang: 'kk' | 'ru';
  readonly onChange: (table: Table) => void;
};

/** The cells as fields of a table; Enter goes to the row below, and makes one below the last. */
export function TableEditor({ table, name, lang, onChange }: Props) {
  const { t } = useTexts();
  const { rows } = table;
  const columns = rows[0]?.length ?? 1;
  return (
    <>
      <table className={styles.table} aria-label={name}>
        <tbody>
          {rows.map((row, y) => (
            <tr key={y}>
              {row.map((cell, x) => (
                <td key={x}>
                  <input
                    type="text"
                    aria-label={t('editor.cell', { row: y + 1, column: x + 1 })}
                    lang={lang}
                    maxLength={ACT_TEXT_LIMITS.cell}
                    data-cell={`${y}-${x}`}
                    data-head={y === 0 || undefined}
                    value={cell}
                    onChange={(event) => onChange({ ...table, rows: withAt(rows, y, withAt(row, x, event.currentTarget.value)) })}
                    onKeyDown={(event) => {
                      if (event.key !== 'Enter' || event.ctrlKey) return;
                      event.preventDefault();
                      const body = event.currentTarget.closest('tbody');
                      if (y === rows.length - 1) onChange(withRow(table, y + 1));
                      requestAnimationFrame(() => body?.querySelector<HTMLElement>(`[data-cell="${y + 1}-${x}"]`)?.focus());
                    }}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <div className={styles.tableActions}>
        <Button variant="default" size="compact-sm" onClick={() => onChange(withRow(table, rows.length))}>
          {t('editor.addRow')}
        </Button>
        <Button variant="default" size="compact-sm" disabled={rows.length < 2} onClick={() => onChange(withoutRow(table, rows.length - 1))}>
          {t('editor.removeRow')}
        </Button>
        <Button
          variant="default"
          size="compact-sm"
          disabled={columns >= ACT_TEXT_LIMITS.columns}
          onClick={() => onChange(withColumn(table))}
        >
          {t('editor.addColumn')}
        </Button>
        <Button variant="default" size="compact-sm" disabled={columns < 2} onClick={() => onChange(withoutColumn(table))}>
          {t('editor.removeColumn')}
        </Button>
      </div>
    </>
  );
}
