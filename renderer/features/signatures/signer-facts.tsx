import type { SignatureCard } from '../../../shared/contract/index.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import styles from './signature-card.module.css';

/** Who signed and when, and how the time is known. `brief` leaves out when and on what data it was checked. */
export function SignerFacts({ card, brief }: { readonly card: SignatureCard; readonly brief: boolean }) {
  const { t } = useTexts();
  const format = useFormat();
  const time =
    card.signedAt === null
      ? t('state.unknown')
      : card.timeSource === 'none'
        ? format.dateTime(card.signedAt)
        : `${format.dateTime(card.signedAt)} (${t(card.timeSource === 'timestamp' ? 'sig.timeTrusted' : 'sig.timeUntrusted')})`;
  const identifiers = [
    card.signerIin !== null && `${t('filing.iin')} ${card.signerIin}`,
    card.signerBin !== null && `${t('filing.bin')} ${card.signerBin}`,
    card.signerOrganisation,
  ].filter(Boolean);
  return (
    <>
      <dt>{t('sig.signer')}</dt>
      <dd>
        {card.signerName ?? t('state.unknown')}
        {card.identity !== 'unknown' && <span className={styles.who}> · {t(`sig.identity.${card.identity}`)}</span>}
        {identifiers.length > 0 && <span className={styles.identifiers}>{identifiers.join(' · ')}</span>}
      </dd>
      <dt>{t('sig.signedAt')}</dt>
      <dd>{time}</dd>
      {!brief && card.checkedAt !== null && (
        <>
          <dt>{t('sig.checkedAt')}</dt>
          <dd>
            {format.dateTime(card.checkedAt)}
            {card.revocationAsOf !== null && `; ${t('sig.revocationAsOf', { when: format.dateTime(card.revocationAsOf) })}`}
          </dd>
        </>
      )}
    </>
  );
}
