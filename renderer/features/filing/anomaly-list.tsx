import type { Anomaly, FilingDetail } from '../../../shared/contract/index.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { StatusIcon, type StatusShape } from '../../ui/status-icon.tsx';
import styles from './anomaly-list.module.css';

const SHAPE: Readonly<Record<Anomaly['severity'], StatusShape>> = { warn: 'info', error: 'warn', fatal: 'bad' };
const WEIGHT: Readonly<Record<Anomaly['severity'], number>> = { fatal: 0, error: 1, warn: 2 };

/** What the program noticed, gravest first. It advises; the person decides. */
export function AnomalyList({ filing, compact = false }: { readonly filing: FilingDetail; readonly compact?: boolean }) {
  const { t, named } = useTexts();
  if (filing.anomalies.length === 0) return compact ? null : <p className={styles.none}>{t('anomaly.none')}</p>;
  const sorted = [...filing.anomalies].sort((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity]);
  return (
    <ul className={styles.list} data-compact={compact || undefined} aria-label={t('anomaly.title')}>
      {sorted.map((anomaly, at) => {
        const document = filing.documents.find((doc) => doc.id === anomaly.documentId);
        return (
          <li key={`${anomaly.rule}:${anomaly.documentId ?? ''}:${at}`}>
            <StatusIcon shape={SHAPE[anomaly.severity]} size={16} />
            <span>
              <span className="visually-hidden">{t(`anomaly.severity.${anomaly.severity}`)}: </span>
              {named('anomaly', anomaly.rule, anomaly.params)}
              {document && (
                <span className={styles.where} lang={filing.language}>
                  {' '}
                  · {document.title || document.fileName}
                </span>
              )}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
