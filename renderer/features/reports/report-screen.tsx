import type { ReportName } from '../../../shared/contract/index.ts';
import { courtDayOf } from '../../../shared/domain/court-day.ts';
import { kense } from '../../api/kense.ts';
import { useAnswer } from '../../api/use-answer.ts';
import type { AskedReport } from '../../app/route.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import look from '../../ui/list-screen.module.css';
import { Loading } from '../../ui/loading.tsx';
import { ViewButtons } from '../../ui/view-buttons.tsx';
import { FairnessPatterns } from './fairness-patterns.tsx';
import { monthOf } from './periods.ts';
import { ReportQuestion } from './report-question.tsx';
import { ReportTable } from './report-table.tsx';

type Props = { readonly asked: AskedReport | null; readonly onAsk: (asked: AskedReport) => void };

/** Reports and journals of the office, and the fairness ledger: the table first, its counts beside it, each as a file. */
export function ReportScreen({ asked, onAsk }: Props) {
  const { t, language } = useTexts();
  const reports = useAnswer('reports', () => kense().report.list({}));
  const known = reports.value;
  const first: AskedReport | null = known && {
    ...{ section: 'reports', ...firstOf(known, 'reports'), ...monthOf(courtDayOf(new Date().toISOString())) },
    language: language === 'ru' ? 'ru' : 'kk',
  };
  const now = asked ?? first;
  return (
    <section className={look.screen} aria-label={t('report.title')}>
      <h1 className="visually-hidden">{t('report.title')}</h1>
      {reports.failure && <FailureCard failure={reports.failure} onRetry={() => void reports.reload()} />}
      {known && now ? <Reports known={known} asked={now} onAsk={onAsk} /> : !reports.failure && <Loading />}
    </section>
  );
}

const firstOf = (known: readonly ReportName[], section: AskedReport['section']) => ({
  id: known.find((report) => report.section === section)?.id ?? '',
  by: null,
});

type ReportsProps = { readonly known: readonly ReportName[]; readonly asked: AskedReport; readonly onAsk: Props['onAsk'] };

function Reports({ known, asked, onAsk }: ReportsProps) {
  const { t } = useTexts();
  const { section, id, from, until, language, by } = asked;
  const request = { id, from, until, language, ...(by !== null && { by }) };
  const answer = useAnswer(JSON.stringify(request), () => kense().report.make(request));
  return (
    <>
      <ViewButtons
        label={t('report.section')}
        views={(['reports', 'fairness'] as const).map((each) => ({ id: each, name: t(`report.section.${each}`) }))}
        current={section}
        onChoose={(chosen) => onAsk({ ...asked, section: chosen, ...firstOf(known, chosen) })}
      />
      <ReportQuestion known={known.filter((report) => report.section === section)} asked={asked} request={request} onAsk={onAsk} />
      {answer.failure && <FailureCard failure={answer.failure} onRetry={() => void answer.reload()} compact />}
      {answer.value ? (
        <ReportTable
          key={`${id} ${by ?? ''}`}
          report={answer.value}
          language={language}
          beside={section === 'fairness' && <FairnessPatterns from={from} until={until} />}
        />
      ) : (
        !answer.failure && <Loading />
      )}
    </>
  );
}
