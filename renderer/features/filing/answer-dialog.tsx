import type { Anomaly, FilingDetail } from '../../../shared/contract/index.ts';
import type { Result } from '../../../shared/result.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import { sayArticle } from './say-article.ts';

type Props = {
  readonly finding: Anomaly;
  readonly act: (reason: string) => Promise<Result<FilingDetail>>;
  readonly onDone: (filing: FilingDetail) => void;
  readonly onClose: () => void;
};

/** A person goes on in spite of a finding: what it is, what it rests on, who will read the reason. */
export function AnswerDialog({ finding, act, onDone, onClose }: Props) {
  const { t, named, language } = useTexts();
  return (
    <ReasonDialog
      title={t('finding.goOnTitle')}
      label={t('finding.reason')}
      action={t('finding.goOn')}
      act={act}
      onDone={onDone}
      onClose={onClose}
    >
      <p>
        {named('anomaly', finding.rule, finding.params)}
        {finding.source !== null && ` (${sayArticle(finding.source, language)})`}
      </p>
      <p>{t(finding.severity === 'fatal' ? 'finding.headHint' : 'finding.hint')}</p>
    </ReasonDialog>
  );
}
