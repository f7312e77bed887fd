import type { KeyChoice } from '../../../shared/contract/index.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { KeyRefusal } from '../../ui/key-refusal.tsx';
import { StatusIcon } from '../../ui/status-icon.tsx';
import styles from './key-picker.module.css';

/** From here on the end of a key is said in warning. */
const SOON_DAYS = 30;

/** Where a key lies, how long it is good, how many tries there are, and why it cannot be chosen. */
export function KeyFacts({ choice: key }: { readonly choice: KeyChoice }) {
  const { t } = useTexts();
  const format = useFormat();
  const { daysLeft, refusal } = key;
  return (
    <>
      <span>
        {key.kind === 'ncalayer' ? t('key.inNcaLayer') : t(key.kind === 'pkcs11' ? 'key.onToken' : 'key.inFile', { name: key.label })}
        {key.issuer !== null && ` · ${key.issuer}`}
        {key.validUntil !== null && ` · ${t('key.validUntil', { date: format.date(key.validUntil) })}`}
      </span>
      {daysLeft !== null && daysLeft >= 0 && (
        <span data-tone={daysLeft <= SOON_DAYS ? 'warn' : undefined} className={styles.note}>
          {daysLeft <= SOON_DAYS && <StatusIcon shape="warn" size={16} />}
          {t('key.daysLeft', { count: daysLeft })}
        </span>
      )}
      {key.tries !== 'first' && key.tries !== 'locked' && (
        <span data-tone="warn" className={styles.note}>
          <StatusIcon shape="warn" size={16} />
          {t(`key.tries.${key.tries}`)}
        </span>
      )}
      {key.onReader && <span className={styles.note}>{t('key.onReader')}</span>}
      {key.asksEachTime && key.kind !== 'ncalayer' && <span className={styles.note}>{t('sign.eachTime')}</span>}
      {refusal && (
        <span data-tone="bad" className={styles.note}>
          <StatusIcon shape="bad" size={16} />
          <KeyRefusal failure={refusal} />
        </span>
      )}
    </>
  );
}
