import type { FilingDetail } from '../../../shared/contract/index.ts';
import { BackButton } from '../../app/back-button.tsx';
import { useKindName } from '../../app/use-kind-name.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import styles from './filing-header.module.css';

/** A filing whose contents went when their term was over: what is left of it here, and where the rest is. */
export function WipedFiling({ filing, wipedAt }: { readonly filing: FilingDetail; readonly wipedAt: string }) {
  const { t } = useTexts();
  const { dateTime } = useFormat();
  const kindName = useKindName();
  const caseNumber = filing.caseNumber ?? filing.joinsCase;
  return (
    <header className={styles.header}>
      <div className={styles.head}>
        <h1 className={styles.parties}>{kindName.full(filing.kind)}</h1>
        <BackButton />
      </div>
      <p className={styles.line}>{[filing.incomingNumber, caseNumber, filing.cabinetNumber].filter(Boolean).join(' · ')}</p>
      <p className={styles.line}>{t(`status.${filing.state}`)}</p>
      <p role="status">{t('filing.wiped', { when: dateTime(wipedAt) })}</p>
    </header>
  );
}
