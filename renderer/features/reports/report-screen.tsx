import type { ReportName } from '../../../shared/contract/index.ts';
import { reportPaperId } from '../../../shared/domain/oversight.ts';
import { kense } from '../../api/kense.ts';
import { useAnswer } from '../../api/use-answer.ts';
import type { AskedReport } from '../../app/route.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import look from '../../ui/list-screen.module.css';
import { Loading } from '../../ui/loading.tsx';
import { ViewButtons } from '../../ui/view-buttons.tsx';
import { usePrintKeys } from '../printing/print-context.tsx';
import { askNow } from './ask-now.ts';
import { FairnessPatterns } from './fairness-patterns.tsx';
import { ReportQuestion } from './report-question.tsx';
import { ReportTable } from './report-table.tsx';
import { ScheduledReports } from './scheduled-reports.tsx';

const SECTIONS = ['reports', 'fairness', 'scheduled'] as const;

type Props = { readonly asked: AskedReport | null; readonly onAsk: (asked: AskedReport) => void };

/** Reports and journals of the office, the fairness ledger, and the reports that are made each month. */
export function ReportScreen({ asked, onAsk }: Props) {
  const { t, language } = useTexts();
  const reports = useAnswer('reports', () => kense().report.list({}));
  const known = reports.value;
  const now = asked ?? askNow(language);
  const { section } = now;
  const ofSection = known?.filter((report) => report.section === section) ?? [];
  const id = ofSection.some((report) => report.id === now.id) ? now.id : (ofSection[0]?.id ?? '');
  return (
    <section className={look.screen} aria-label={t('report.title')}>
      <h1 className="visually-hidden">{t('report.title')}</h1>
      {reports.failure && <FailureCard failure={reports.failure} onRetry={() => void reports.reload()} />}
      {!known && !reports.failure && <Loading />}
      {known && (
        <>
          <ViewButtons
            label={t('report.section')}
            views={SECTIONS.map((each) => ({ id: each, name: t(`report.section.${each}`) }))}
            current={section}
            onChoose={(chosen) => onAsk({ ...now, section: chosen, id: '', by: null })}
          />
          {section === 'scheduled' ? <ScheduledReports known={known} /> : <Report known={ofSection} asked={{ ...now, id }} onAsk={onAsk} />}
        </>
      )}
    </section>
  );
}

type ReportProps = { readonly known: readonly ReportName[]; readonly asked: AskedReport; readonly onAsk: Props['onAsk'] };

function Report({ known, asked, onAsk }: ReportProps) {
  const { section, id, from, until, language, by } = asked;
  const request = { id, from, until, language, ...(by !== null && { by }) };
  const answer = useAnswer(JSON.stringify(request), () => kense().report.make(request));
  usePrintKeys({ paper: 'report', id: reportPaperId(request) }, 'screen');
  return (
    <>
      <ReportQuestion known={known} asked={asked} request={request} onAsk={onAsk} />
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
