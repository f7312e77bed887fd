import { Button, Radio } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { ReportName, ReportRequest, ReportView } from '../../../shared/contract/index.ts';
import { REPORT_FORMATS } from '../../../shared/domain/oversight.ts';
import { courtDayOf } from '../../../shared/domain/court-day.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { Icon } from '../../ui/icon.tsx';
import look from '../../ui/list-screen.module.css';
import { Loading } from '../../ui/loading.tsx';
import { RowGrid, type GridColumn } from '../../ui/row-grid.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { ViewButtons } from '../../ui/view-buttons.tsx';
import { DayField } from '../proceedings/day-field.tsx';
import { monthBefore, monthOf, weekOf, type Days } from './periods.ts';
import styles from './report-screen.module.css';

/** Reports and journals of the office: the table first, its counts beside it, both as files. */
export function ReportScreen() {
  const { t } = useTexts();
  const reports = useAnswer('reports', () => kense().report.list({}));
  return (
    <section className={look.screen} aria-label={t('report.title')}>
      <h1 className="visually-hidden">{t('report.title')}</h1>
      {reports.failure && <FailureCard failure={reports.failure} onRetry={() => void reports.reload()} />}
      {reports.value ? <Reports reports={reports.value} /> : !reports.failure && <Loading />}
    </section>
  );
}

function Reports({ reports }: { readonly reports: readonly ReportName[] }) {
  const { t, language: window } = useTexts();
  const today = courtDayOf(new Date().toISOString());
  const [id, setId] = useState(reports[0]?.id ?? '');
  const [days, setDays] = useState<Days>(monthOf(today));
  const [language, setLanguage] = useState<'kk' | 'ru'>(window === 'ru' ? 'ru' : 'kk');
  const request: ReportRequest = { id, ...days, language };
  const answer = useAnswer(JSON.stringify(request), () => kense().report.make(request));
  const saving = useAction();
  const [savedAs, setSavedAs] = useState<string | null>(null);
  const save = (format: (typeof REPORT_FORMATS)[number]) => {
    setSavedAs(null);
    void saving.run(
      () => kense().report.save({ ...request, format }),
      (saved) => saved && setSavedAs(format.toUpperCase()),
    );
  };
  const periods = [
    ['report.thisWeek', weekOf(today)],
    ['report.thisMonth', monthOf(today)],
    ['report.lastMonth', monthBefore(today)],
  ] as const;
  return (
    <>
      <ViewButtons
        label={t('report.which')}
        views={reports.map((r) => ({ id: r.id, name: window === 'ru' ? r.ru : r.kk }))}
        current={id}
        onChoose={setId}
      />
      <div className={look.question} data-pane>
        <div className={look.day}>
          <DayField label={t('report.from')} value={days.from} onChange={(from) => from !== null && setDays({ ...days, from })} />
        </div>
        <div className={look.day}>
          <DayField label={t('report.until')} value={days.until} onChange={(until) => until !== null && setDays({ ...days, until })} />
        </div>
        <div className={styles.periods} role="group" aria-label={t('report.period')}>
          {periods.map(([text, period]) => (
            <Button
              key={text}
              variant="default"
              aria-pressed={period.from === days.from && period.until === days.until}
              onClick={() => setDays(period)}
            >
              {t(text)}
            </Button>
          ))}
        </div>
        <Radio.Group label={t('report.inLanguage')} value={language} onChange={(value) => setLanguage(value === 'ru' ? 'ru' : 'kk')}>
          <div className={styles.languages}>
            <Radio value="kk" label={t('report.language.kk')} />
            <Radio value="ru" label={t('report.language.ru')} />
          </div>
        </Radio.Group>
        <div className={styles.saves}>
          {REPORT_FORMATS.map((format) => (
            <Button
              key={format}
              variant="default"
              leftSection={<Icon name="save" size={16} />}
              aria-label={t('report.saveAs', { format: format.toUpperCase() })}
              onClick={() => save(format)}
            >
              {format.toUpperCase()}
            </Button>
          ))}
        </div>
      </div>
      <div role="status" className="visually-hidden">
        {savedAs !== null && t('report.saved', { format: savedAs })}
      </div>
      {saving.failure && <FailureCard failure={saving.failure} compact />}
      {answer.failure && <FailureCard failure={answer.failure} onRetry={() => void answer.reload()} compact />}
      {answer.value ? <ReportTable key={id} report={answer.value} language={language} /> : !answer.failure && <Loading />}
    </>
  );
}

type NumberedRow = { readonly id: string; readonly cells: readonly string[] };

function ReportTable({ report, language }: { readonly report: ReportView; readonly language: 'kk' | 'ru' }) {
  const { t } = useTexts();
  const { dateTime } = useFormat();
  const rows = useMemo(() => report.rows.map((cells, at): NumberedRow => ({ id: String(at), cells })), [report]);
  const columns = useMemo(
    () =>
      report.columns.map(({ field, title, width, number }, at): GridColumn<NumberedRow> => ({
        id: field,
        title,
        width: `minmax(${Math.max(5.5, width * 0.68)}rem, ${width}fr)`,
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
      {rows.length === 0 ? (
        <p className={look.empty}>{t('report.noData')}</p>
      ) : (
        <div className={styles.body} lang={language}>
          <div className={styles.table}>
            <RowGrid
              label={report.title}
              columns={columns}
              count={rows.length}
              rowAt={(at) => rows[at] ?? null}
              idOf={({ id }) => id}
              takeFocus={false}
              onOpen={() => {}}
              minWidth={`${report.columns.reduce((sum, { width }) => sum + Math.max(5.5, width * 0.68) + 0.8, 0)}rem`}
            />
          </div>
          {report.breakdowns.length > 0 && <Breakdowns report={report} />}
        </div>
      )}
    </>
  );
}

function Breakdowns({ report }: { readonly report: ReportView }) {
  const { t } = useTexts();
  return (
    <ScrollRegion label={t('report.counts')} className={styles.counts}>
      {report.breakdowns.map(({ title, counts }) => (
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
      ))}
    </ScrollRegion>
  );
}
