import type { SignatureCard } from '../../../shared/contract/index.ts';
import { maskIdentifier } from '../../../shared/domain/identifier.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import styles from './signature-card.module.css';

/** Who signed and when, and how the time is known. `brief` leaves out when and on what data it was checked. */
export function SignerFacts({ card, brief }: { readonly card: SignatureCard; readonly brief: boolean }) {
  const { t } = useTexts();
  const format = useFormat();
  /* Once the program has compared the number, nobody needs to read it off the screen. */
  const shown = card.state === 'valid' ? maskIdentifier : (id: string) => id;
  const identifiers = [
    card.signerIin !== null && `${t('filing.iin')} ${shown(card.signerIin)}`,
    card.signerBin !== null && `${t('filing.bin')} ${shown(card.signerBin)}`,
    card.signerOrganisation,
  ].filter(Boolean);
  const evidence = card.revocation
    ? t(`sig.evidence.${card.revocation.kind}`, { when: format.dateTime(card.revocation.thisUpdate) })
    : t('sig.evidence.none');
  return (
    <>
      <dt>{t('sig.signer')}</dt>
      <dd>
        {card.signerName ?? t('state.unknown')}
        {identifiers.length > 0 && <span className={styles.identifiers}>{identifiers.join(' · ')}</span>}
      </dd>
      <dt>{t('sig.signedAt')}</dt>
      <dd>
        <SigningTime card={card} />
      </dd>
      {!brief && card.checkedAt !== null && (
        <>
          <dt>{t('sig.checkedAt')}</dt>
          <dd>
            {format.dateTime(card.checkedAt)}; {evidence}
          </dd>
        </>
      )}
    </>
  );
}

/** Never a time without how it is known. */
function SigningTime({ card }: { readonly card: SignatureCard }) {
  const { t } = useTexts();
  const format = useFormat();
  const { signedAt, timeSource, bestTime, boundedByReceipt } = card;
  const bound = boundedByReceipt && bestTime !== null ? t('sig.timeReceipt', { when: format.dateTime(bestTime) }) : null;
  if (signedAt === null) return bound ?? t('sig.timeNotStated');
  const stated = `${format.dateTime(signedAt)} (${t(timeSource === 'timestamp' ? 'sig.timeTrusted' : 'sig.timeUntrusted')})`;
  return (
    <>
      {stated}
      {bound !== null && <span className={styles.identifiers}>{bound}</span>}
    </>
  );
}
