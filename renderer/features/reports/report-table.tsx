import { useMemo, type ReactNode } from 'react';
import type { ReportView } from '../../../shared/contract/index.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import look from '../../ui/list-screen.module.css';
import type { GridColumn } from '../../ui/grid-column.ts';
import { RowGrid } from '../../ui/row-grid.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import styles from './report-screen.module.css';

type Row = { readonly id: string; readonly filing: string | null; readonly cells: readonly string[] };
type Props = {
  readonly report: ReportView;
  readonly language: 'kk' | 'ru';
  /** What stands beside the table before its counts. */
  readonly beside: ReactNode;
};

const remOf = (width: number) => Math.max(5.5, width * 0.68);

/** A report as it goes out: its totals, its rows, each of which opens its filing, and what they add up to. */
export function ReportTable({ report, language, beside }: Props) {
  const { t } = useTexts();
  const { dateTime } = useFormat();
  const { open } = useNavigation();
  const rows = useMemo(
    () => report.rows.map((cells, at): Row => ({ id: String(at), filing: report.filings[at] ?? null, cells })),
    [report],
  );
  const columns = useMemo(
    () =>
      report.columns.map(({ field, title, width, number }, at): GridColumn<Row> => ({
        id: field,
        title,
        width: `minmax(${remOf(width)}rem, ${width}fr)`,
        text: ({ cells }) => cells[at],
        cell: ({ cells }) => <div className={number ? styles.number : undefined}>{cells[at]}</div>,
      })),
    [report],
  );
  return (
    <>
      <p className={styles.facts} lang={language}>
        <span>
          {t('report.total')}: <b>{report.total}</b>
        </span>
        {report.sums.map(({ title, sum }) => (
          <span key={title}>
            {title}: <b>{sum}</b>
          </span>
        ))}
        <span>{t('sync.stale', { when: dateTime(report.asOf) })}</span>
        {report.total > rows.length && <span>{t('report.shown', { shown: rows.length })}</span>}
      </p>
      <div className={styles.body}>
        <div className={styles.table} lang={language}>
          {rows.length === 0 ? (
            <p className={look.empty}>{t('report.noData')}</p>
          ) : (
            <RowGrid
              label={report.title}
              columns={columns}
              count={rows.length}
              rowAt={(at) => rows[at] ?? null}
              idOf={({ id }) => id}
              takeFocus={false}
              onOpen={({ filing }) => filing !== null && open({ screen: 'filing', id: filing, neighbours: [] })}
              minWidth={`${report.columns.reduce((sum, { width }) => sum + remOf(width) + 0.8, 0)}rem`}
            />
          )}
        </div>
        {(beside || (rows.length > 0 && report.breakdowns.length > 0)) && (
          <ScrollRegion label={t('report.counts')} className={styles.counts}>
            {beside}
            <div lang={language}>{rows.length > 0 && <Breakdowns report={report} />}</div>
          </ScrollRegion>
        )}
      </div>
    </>
  );
}

function Breakdowns({ report }: { readonly report: ReportView }) {
  return report.breakdowns.map(({ title, counts }) => (
    <section key={title}>
      <h2>{title}</h2>
      <dl className={styles.bars}>
        {counts.map(({ name, count }) => (
          <div key={name} className={styles.bar}>
            <dt>{name}</dt>
            <dd>{count}</dd>
            <span className={styles.fill} style={{ width: `${(count / report.total) * 100}%` }} aria-hidden="true" />
          </div>
        ))}
      </dl>
    </section>
  ));
}
