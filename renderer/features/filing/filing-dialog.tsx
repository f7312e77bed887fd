import type { Anomaly, FilingDetail } from '../../../shared/contract/index.ts';
import { kense, settle } from '../../api/kense.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { AnswerDialog } from './answer-dialog.tsx';
import { CompareDialog } from './compare-dialog.tsx';
import { ReasonDialog } from './reason-dialog.tsx';
import { TakeOverDialog } from './take-over-dialog.tsx';

/** What is asked about a filing, one thing at a time. */
export type Asked =
  | { readonly what: 'answer'; readonly finding: Anomaly }
  | { readonly what: 'compare'; readonly otherId: string }
  | { readonly what: 'recall' }
  | { readonly what: 'take-over' };

type Props = {
  readonly asked: Asked;
  readonly filing: FilingDetail;
  /** The filing once every tick on its way has arrived. */
  readonly settled: () => Promise<FilingDetail>;
  readonly onChanged: (filing: FilingDetail) => void;
  readonly onClose: () => void;
};

export function FilingDialog({ asked, filing, settled, onChanged, onClose }: Props) {
  const { t } = useTexts();
  const done = (changed: FilingDetail) => {
    onClose();
    onChanged(changed);
  };
  switch (asked.what) {
    case 'answer':
      return (
        <AnswerDialog
          finding={asked.finding}
          act={async (reason) => {
            const { id, revision } = await settled();
            return settle(kense().finding.override({ id, revision, finding: asked.finding.id, reason }));
          }}
          onDone={done}
          onClose={onClose}
        />
      );
    case 'compare':
      return <CompareDialog filing={filing} otherId={asked.otherId} onLinked={onChanged} onClose={onClose} />;
    case 'recall':
      return (
        <ReasonDialog
          title={t('recall.title')}
          label={t('recall.reason')}
          action={t('recall.action')}
          act={(reason) => settle(kense().proposal.recall({ id: filing.id, revision: filing.revision, reason }))}
          onDone={done}
          onClose={onClose}
        >
          <p>{t('recall.hint')}</p>
        </ReasonDialog>
      );
    case 'take-over':
      return <TakeOverDialog filing={filing} onTaken={done} onClose={onClose} />;
  }
}
