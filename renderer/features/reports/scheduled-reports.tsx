import { Button, Radio, Switch } from '@mantine/core';
import { useState } from 'react';
import type { MadeReport, ReportName, ReportSchedule } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useEvent } from '../../api/use-event.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Chip } from '../../ui/chip.tsx';
import { FailureCard } from '../../ui/failure-card.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Loading } from '../../ui/loading.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { PaperDialog } from '../documents/paper-dialog.tsx';
import styles from './scheduled-reports.module.css';

/** Which reports the program makes by itself each month, and those that it has made. */
export function ScheduledReports({ known }: { readonly known: readonly ReportName[] }) {
  const { t } = useTexts();
  const schedule = useAnswer('report-schedule', () => kense().report.schedule({}));
  const made = useAnswer('made-reports', () => kense().report.made({}));
  useEvent('reportsChanged', () => void made.reload());
  const failure = schedule.failure ?? made.failure;
  return (
    <ScrollRegion label={t('report.section.scheduled')} className={styles.screen}>
      {failure && <FailureCard failure={failure} onRetry={() => void (schedule.failure ? schedule.reload() : made.reload())} compact />}
      {schedule.value ? <Schedule known={known} schedule={schedule.value} onChange={schedule.replace} /> : !failure && <Loading />}
      {made.value && <Made reports={made.value} onSeen={() => void made.reload()} />}
    </ScrollRegion>
  );
}

type ScheduleProps = {
  readonly known: readonly ReportName[];
  readonly schedule: ReportSchedule;
  readonly onChange: (schedule: ReportSchedule) => void;
};

function Schedule({ known, schedule, onChange }: ScheduleProps) {
  const { t, language } = useTexts();
  const saving = useAction();
  const set = (part: Partial<ReportSchedule>) => void saving.run(() => kense().report.setSchedule({ ...schedule, ...part }), onChange);
  return (
    <section className={styles.schedule}>
      <p>{t('report.scheduled.lead')}</p>
      {saving.failure && <FailureCard failure={saving.failure} compact />}
      <Switch.Group label={t('report.scheduled.which')} value={[...schedule.reports]} onChange={(reports) => set({ reports })}>
        <div className={styles.choices}>
          {known.map((report) => (
            <Switch key={report.id} value={report.id} label={language === 'ru' ? report.ru : report.kk} disabled={saving.busy} />
          ))}
        </div>
      </Switch.Group>
      <Radio.Group
        label={t('report.inLanguage')}
        value={schedule.language}
        onChange={(value) => set({ language: value === 'ru' ? 'ru' : 'kk' })}
      >
        <div className={styles.languages}>
          <Radio value="kk" label={t('report.language.kk')} disabled={saving.busy} />
          <Radio value="ru" label={t('report.language.ru')} disabled={saving.busy} />
        </div>
      </Radio.Group>
    </section>
  );
}

function Made({ reports, onSeen }: { readonly reports: readonly MadeReport[]; readonly onSeen: () => void }) {
  const { t } = useTexts();
  const format = useFormat();
  const saving = useAction();
  const [open, setOpen] = useState<MadeReport | null>(null);
  const save = (id: string, as: 'pdf' | 'xlsx') => void saving.run(() => kense().report.saveMade({ id, format: as }), onSeen);
  return (
    <section>
      <h2>{t('report.scheduled.made')}</h2>
      {saving.failure && <FailureCard failure={saving.failure} compact />}
      {reports.length === 0 && <p className={styles.none}>{t('report.scheduled.none')}</p>}
      <ul className={styles.made}>
        {reports.map((report) => (
          <li key={report.id}>
            <span className={styles.month}>{report.month.split('-').reverse().join('.')}</span>
            <span className={styles.name} lang={report.language}>
              {report.title}
            </span>
            {!report.seen && <Chip shape="info">{t('report.scheduled.new')}</Chip>}
            <span className={styles.none}>
              {t('report.scheduled.rows')}: {report.rows} · {format.dateTime(report.madeAt)}
            </span>
            {report.pages && (
              <Button
                variant="default"
                aria-label={`${t('report.scheduled.open')}: ${report.title}, ${report.month}`}
                onClick={() => setOpen(report)}
              >
                {t('report.scheduled.open')}
              </Button>
            )}
            <Button
              variant="default"
              leftSection={<Icon name="save" size={16} />}
              aria-label={`${t('report.saveAs', { format: 'XLSX' })}: ${report.title}, ${report.month}`}
              onClick={() => save(report.id, 'xlsx')}
            >
              XLSX
            </Button>
          </li>
        ))}
      </ul>
      {open && (
        <PaperDialog
          id={`made-report/${open.id}`}
          title={open.title}
          lang={open.language}
          saveLabel={t('report.saveAs', { format: 'PDF' })}
          open={() => kense().report.openMade({ id: open.id })}
          save={() => kense().report.saveMade({ id: open.id, format: 'pdf' })}
          print={{ paper: 'made-report', id: open.id }}
          onClose={() => {
            setOpen(null);
            onSeen();
          }}
        />
      )}
    </section>
  );
}
