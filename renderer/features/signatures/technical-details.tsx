import type { SignatureCard } from '../../../shared/contract/index.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { StatusIcon, type StatusShape } from '../../ui/status-icon.tsx';
import styles from './technical-details.module.css';

type Check = SignatureCard['checks'][number];
const SHAPE: Readonly<Record<Check['result'], StatusShape>> = { ok: 'ok', fail: 'bad', warn: 'warn', 'not-run': 'unchecked' };

/** For the specialist: codes as they stand in the standard and in the report, folded away. */
export function TechnicalDetails({ card }: { readonly card: SignatureCard }) {
  const { t } = useTexts();
  const format = useFormat();
  const { certificateFrom, certificateTo } = card;
  const facts: readonly (readonly [string, string | null])[] = [
    [t('sig.file'), card.fileName],
    [t('sig.indication'), [card.indication, card.subIndication].filter(Boolean).join(' · ')],
    [t('sig.issuer'), card.issuer],
    [t('sig.serial'), card.serial],
    [
      t('sig.certValidity'),
      certificateFrom !== null && certificateTo !== null ? `${format.date(certificateFrom)} – ${format.date(certificateTo)}` : null,
    ],
    [t('sig.algorithm'), card.algorithm],
    [t('sig.level'), card.level],
    [t('sig.signerRoles'), card.signerRoles.join(', ')],
    [t('sig.warnings'), card.warnings.join(', ')],
  ];
  return (
    <details className={styles.details}>
      <summary>{t('sig.technical')}</summary>
      <dl className={styles.facts}>
        {facts.map(([name, value]) =>
          value ? (
            <div key={name}>
              <dt>{name}</dt>
              <dd lang="en">{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
      <ul className={styles.checks} aria-label={t('sig.checks')} lang="en">
        {card.checks.map((check) => (
          <li key={check.id}>
            <StatusIcon shape={SHAPE[check.result]} size={14} />
            <span>{[check.id, check.reason].filter(Boolean).join(' · ')}</span>
            <span className="visually-hidden">{check.result}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
