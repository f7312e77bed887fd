import { Button } from '@mantine/core';
import { useState } from 'react';
import type { PaperWorkView } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useKindName } from '../../app/use-kind-name.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { FindFilingDialog } from './find-filing-dialog.tsx';
import styles from './pages.module.css';

type Props = {
  readonly work: PaperWorkView;
  readonly onWork: (work: PaperWorkView) => void;
  /** Before it is directed elsewhere, and once it is. */
  readonly onDirect: () => void;
};

/** What the pages are for: a filing of their own, or one that is here already. */
export function AnnexTargetLine({ work, onWork, onDirect }: Props) {
  const { t } = useTexts();
  const kindName = useKindName();
  const [choosing, setChoosing] = useState(false);
  const directing = useAction();
  const { annexTo } = work;
  const direct = (filingId: string | null) => {
    onDirect();
    return directing.run(
      () => kense().paper.direct({ id: work.id, annexTo: filingId === null ? null : { filingId, handedInBy: '' } }),
      (directed) => {
        onDirect();
        onWork(directed);
      },
    );
  };
  return (
    <div className={styles.target}>
      {annexTo === null ? (
        <p>{t('annex.ownFiling')}</p>
      ) : (
        <p>
          {t('annex.to')}{' '}
          <b>
            {[annexTo.number, kindName.short(annexTo.kind)].filter(Boolean).join(' · ')} · <bdi>{annexTo.claimant}</bdi>
          </b>
        </p>
      )}
      <Button variant="default" size="compact-md" onClick={() => setChoosing(true)}>
        {t(annexTo === null ? 'annex.toFiling' : 'annex.toOther')}
      </Button>
      {annexTo !== null && (
        <Button variant="subtle" size="compact-md" onClick={() => void direct(null)}>
          {t('annex.makeOwn')}
        </Button>
      )}
      {directing.failure && <FailureCard failure={directing.failure} compact onClose={directing.clear} />}
      {choosing && (
        <FindFilingDialog
          // what is pressed next is about the filing that was chosen
          onChoose={(filingId) => void direct(filingId).then(() => setChoosing(false))}
          onClose={() => setChoosing(false)}
        />
      )}
    </div>
  );
}
