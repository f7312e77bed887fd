import { Button } from '@mantine/core';
import type { Anomaly, FilingDetail } from '../../../shared/contract/index.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { KeyCap } from '../../ui/key-cap.tsx';
import { StatusIcon, type StatusShape } from '../../ui/status-icon.tsx';
import { sayArticle } from './say-article.ts';
import styles from './finding-list.module.css';

const SHAPE: Readonly<Record<Anomaly['severity'], StatusShape>> = { warn: 'info', error: 'warn', fatal: 'bad' };

type Props = {
  readonly filing: FilingDetail;
  /** Null: the list is only shown. What is fatal is answered by the head of office alone. */
  readonly onAnswer: ((finding: Anomaly) => void) | null;
  readonly isHead: boolean;
  readonly onCompare: ((otherId: string) => void) | null;
};

export const mayAnswer = (finding: Anomaly, isHead: boolean): boolean =>
  finding.override === null && (finding.severity === 'error' || (finding.severity === 'fatal' && isHead));

/** What the program noticed, the gravest first: what it rests on, what to do, and who decided to go on in spite of it. */
export function FindingList({ filing, onAnswer, isHead, onCompare }: Props) {
  const { t } = useTexts();
  const first = filing.anomalies.find((finding) => mayAnswer(finding, isHead));
  return (
    <ul className={styles.list} aria-label={t('anomaly.title')}>
      {filing.anomalies.map((finding) => (
        <FindingItem
          key={finding.id}
          finding={finding}
          filing={filing}
          onAnswer={onAnswer && mayAnswer(finding, isHead) ? () => onAnswer(finding) : null}
          withKey={finding === first}
          onCompare={onCompare}
        />
      ))}
    </ul>
  );
}

type ItemProps = {
  readonly finding: Anomaly;
  readonly filing: FilingDetail;
  readonly onAnswer: (() => void) | null;
  readonly withKey: boolean;
  readonly onCompare: Props['onCompare'];
};

function FindingItem({ finding, filing, onAnswer, withKey, onCompare }: ItemProps) {
  const { t, named, language, has } = useTexts();
  const format = useFormat();
  const { override, related, severity, rule, source, field } = finding;
  const document = filing.documents.find((doc) => doc.id === finding.documentId);
  const article = finding.params['article'];
  const params = typeof article === 'string' ? { ...finding.params, article: sayArticle(article, language) } : finding.params;
  return (
    <li className={styles.finding} data-severity={override ? 'answered' : severity}>
      <StatusIcon shape={override ? 'ok' : SHAPE[severity]} size={16} />
      <div className={styles.words}>
        <p className={styles.what}>
          <span className="visually-hidden">{t(`anomaly.severity.${severity}`)}: </span>
          {named('anomaly', rule, params)}
          {rule === 'payment-incomplete' && field !== null && has(`findingField.${field}`) && `: ${named('findingField', field)}`}
          {document && (
            <span className={styles.where} lang={filing.language}>
              {' '}
              · {document.title || document.fileName}
            </span>
          )}
        </p>
        {related && (
          <p className={styles.related}>
            {t('finding.related', { when: format.dateTime(related.receivedAt), number: related.number })}
            {onCompare && (
              <button type="button" className={styles.link} onClick={() => onCompare(related.id)}>
                {t('finding.compare')}
              </button>
            )}
          </p>
        )}
        {override ? (
          <p className={styles.answer}>
            {t('finding.answered', { name: override.by, when: format.dateTime(override.at) })}{' '}
            <q lang={filing.language}>{override.reason}</q>
          </p>
        ) : (
          <p className={styles.do}>
            {named('anomalyDo', rule)}
            {source !== null && <span className={styles.source}> {sayArticle(source, language)}</span>}
          </p>
        )}
        {onAnswer && (
          <Button
            variant="default"
            size="compact-sm"
            className={styles.button}
            data-finding={finding.id}
            onClick={onAnswer}
            rightSection={withKey ? <KeyCap keys="O" /> : undefined}
            aria-keyshortcuts={withKey ? 'O' : undefined}
          >
            {t('finding.goOn')}
          </Button>
        )}
      </div>
    </li>
  );
}
