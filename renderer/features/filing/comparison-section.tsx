import { Button } from '@mantine/core';
import { useId } from 'react';
import type { ComparedFact, FilingDetail } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useEvent } from '../../api/use-event.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { StatusIcon, type StatusShape } from '../../ui/status-icon.tsx';
import styles from './office-words.module.css';

/** Where to go in the documents, and what to look for there. */
export type Jump = { readonly documentId: string; readonly page: number; readonly find: string };

const SHAPE: Readonly<Record<ComparedFact['found'], StatusShape>> = { whole: 'ok', part: 'info', none: 'warn' };

type Props = { readonly filing: FilingDetail; readonly onJump: (jump: Jump) => void };

/** What the form says, and where the documents say the same. Not found is no fault: it is for the person to look. */
export function ComparisonSection({ filing, onJump }: Props) {
  const { t } = useTexts();
  const format = useFormat();
  const titleId = useId();
  const answer = useAnswer(`compare:${filing.id}:${filing.revision}`, () => kense().document.compare({ filingId: filing.id }));
  useEvent('workChanged', ({ filingIds }) => {
    if (filingIds.includes(filing.id)) void answer.reload();
  });
  const titleOf = (id: string): string => {
    const doc = filing.documents.find((d) => d.id === id);
    return doc ? doc.title || doc.fileName : '';
  };
  const comparison = answer.value;
  return (
    <section aria-labelledby={titleId} className={styles.section}>
      <h2 id={titleId}>{t('compare.title')}</h2>
      {answer.failure && <FailureCard failure={answer.failure} compact onRetry={() => void answer.reload()} />}
      {comparison && (
        <>
          {comparison.reading > 0 && <p className={styles.who}>{t('compare.reading', { left: comparison.reading })}</p>}
          <ul className={styles.facts}>
            {comparison.facts.map((fact, at) => (
              <li key={at} className={styles.fact}>
                <StatusIcon shape={SHAPE[fact.found]} size={16} />
                <div>
                  <p className={styles.change}>
                    {t(`compare.field.${fact.field}`)}: {fact.field === 'claim-value' ? format.money(fact.value) : fact.value}
                  </p>
                  <p className={styles.who}>
                    {t(`compare.found.${fact.found}`)}
                    {fact.who !== null && fact.field !== 'name' && ` · ${fact.who}`}
                  </p>
                  {fact.places.length > 0 && (
                    <div className={styles.places}>
                      {fact.places.map(({ documentId, page, text }) => (
                        <Button
                          key={`${documentId}:${page}`}
                          variant="default"
                          size="compact-md"
                          onClick={() => onJump({ documentId, page, find: text.replace(/\s+/g, ' ') })}
                        >
                          {t('compare.place', { title: titleOf(documentId), page })}
                        </Button>
                      ))}
                    </div>
                  )}
                </div>
              </li>
            ))}
          </ul>
          {comparison.unread.length > 0 && (
            <p className={styles.who}>{t('compare.unread', { titles: comparison.unread.map(titleOf).join(', ') })}</p>
          )}
        </>
      )}
    </section>
  );
}
