import { Button, NativeSelect, Radio } from '@mantine/core';
import { useState } from 'react';
import type { ReportName, ReportRequest } from '../../../shared/contract/index.ts';
import { courtDayOf } from '../../../shared/domain/court-day.ts';
import { REPORT_FORMATS, reportPaperId } from '../../../shared/domain/oversight.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import type { AskedReport } from '../../app/route.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { Icon } from '../../ui/icon.tsx';
import look from '../../ui/list-screen.module.css';
import { PrintButton } from '../printing/print-button.tsx';
import { DayField } from '../proceedings/day-field.tsx';
import { monthBefore, monthOf, weekOf } from './periods.ts';
import styles from './report-screen.module.css';

type Props = {
  /** Those to choose from. */
  readonly known: readonly ReportName[];
  readonly asked: AskedReport;
  readonly request: ReportRequest;
  readonly onAsk: (asked: AskedReport) => void;
};

/** Which report, of which days, broken down by what, in which language; and as which file it is taken out. */
export function ReportQuestion({ known, asked, request, onAsk }: Props) {
  const { t, language } = useTexts();
  const nameOf = ({ kk, ru }: { readonly kk: string; readonly ru: string }) => (language === 'ru' ? ru : kk);
  const ask = (part: Partial<AskedReport>) => onAsk({ ...asked, ...part });
  const today = courtDayOf(new Date().toISOString());
  const breakdowns = known.find(({ id }) => id === asked.id)?.breakdowns ?? [];
  const periods = [
    ['report.thisWeek', weekOf(today)],
    ['report.thisMonth', monthOf(today)],
    ['report.lastMonth', monthBefore(today)],
  ] as const;
  return (
    <div className={look.question} data-pane>
      <NativeSelect
        className={styles.which ?? ''}
        label={t('report.which')}
        value={asked.id}
        onChange={(event) => ask({ id: event.currentTarget.value, by: null })}
        data={known.map((report) => ({ value: report.id, label: nameOf(report) }))}
      />
      <NativeSelect
        className={styles.by ?? ''}
        label={t('report.by')}
        value={asked.by ?? ''}
        disabled={breakdowns.length === 0}
        onChange={(event) => ask({ by: event.currentTarget.value || null })}
        data={[{ value: '', label: t('report.byLayout') }, ...breakdowns.map((by) => ({ value: by.field, label: nameOf(by) }))]}
      />
      <div className={look.day}>
        <DayField label={t('report.from')} value={asked.from} onChange={(from) => from !== null && ask({ from })} />
      </div>
      <div className={look.day}>
        <DayField label={t('report.until')} value={asked.until} onChange={(until) => until !== null && ask({ until })} />
      </div>
      <div className={styles.periods} role="group" aria-label={t('report.period')}>
        {periods.map(([text, period]) => (
          <Button
            key={text}
            variant="default"
            aria-pressed={period.from === asked.from && period.until === asked.until}
            onClick={() => ask(period)}
          >
            {t(text)}
          </Button>
        ))}
      </div>
      <Radio.Group
        label={t('report.inLanguage')}
        value={asked.language}
        onChange={(value) => ask({ language: value === 'ru' ? 'ru' : 'kk' })}
      >
        <div className={styles.languages}>
          <Radio value="kk" label={t('report.language.kk')} />
          <Radio value="ru" label={t('report.language.ru')} />
        </div>
      </Radio.Group>
      <TakeOut request={request} />
    </div>
  );
}

function TakeOut({ request }: { readonly request: ReportRequest }) {
  const { t } = useTexts();
  const saving = useAction();
  const [savedAs, setSavedAs] = useState<string | null>(null);
  const save = (format: (typeof REPORT_FORMATS)[number]) => {
    setSavedAs(null);
    void saving.run(
      () => kense().report.save({ ...request, format }),
      (saved) => saved && setSavedAs(format.toUpperCase()),
    );
  };
  return (
    <>
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
        <PrintButton paper={{ paper: 'report', id: reportPaperId(request) }} />
      </div>
      <div role="status" className="visually-hidden">
        {savedAs !== null && t('report.saved', { format: savedAs })}
      </div>
      {saving.failure && <FailureCard failure={saving.failure} compact />}
    </>
  );
}
