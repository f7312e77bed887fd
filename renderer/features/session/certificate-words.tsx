import type { CertificateEnd } from '../../../shared/contract/index.ts';
import { certificateWeight, type CertificateWeight } from '../../../shared/domain/certificate-days.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { StatusIcon, type StatusShape } from '../../ui/status-icon.tsx';
import styles from './certificate.module.css';

const SHAPE: Readonly<Record<CertificateWeight, StatusShape>> = { told: 'info', soon: 'warn', urgent: 'bad', over: 'bad' };

/** How long a certificate still lasts, told apart by icon, words and weight; nothing while it is far. */
export function CertificateWords({ end, id }: { readonly end: CertificateEnd | null; readonly id?: string }) {
  const { t } = useTexts();
  const { date } = useFormat();
  const weight = end && certificateWeight(end.daysLeft);
  if (!end || !weight) return null;
  return (
    <span id={id} className={styles.words} data-weight={weight}>
      <StatusIcon shape={SHAPE[weight]} size={16} />
      <span>{t(`session.certificate.${weight}`, { count: end.daysLeft, day: date(end.validUntil) })}</span>
    </span>
  );
}
