import type { FilingDetail } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import styles from './take-over-dialog.module.css';

type Props = {
  readonly filing: FilingDetail;
  readonly onTaken: (filing: FilingDetail) => void;
  readonly onClose: () => void;
};

/** The head takes a filing from another desk: from whom, what follows from it, and why. */
export function TakeOverDialog({ filing, onTaken, onClose }: Props) {
  const { t } = useTexts();
  return (
    <ReasonDialog
      title={t('takeOver.title')}
      label={t('takeOver.reason')}
      action={t('takeOver.action')}
      act={(reason) => kense().filing.takeOver({ id: filing.id, reason })}
      onDone={onTaken}
      onClose={onClose}
    >
      {filing.held && (
        <p>
          {t('takeOver.who', { name: filing.held.name ?? filing.held.desk })}
          {filing.held.silent && ` · ${t('lease.silent')}`}
        </p>
      )}
      <p className={styles.hint}>{t('takeOver.hint')}</p>
    </ReasonDialog>
  );
}
