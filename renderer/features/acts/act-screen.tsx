import { useEffect, useRef } from 'react';
import { kense } from '../../api/kense.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useEvent } from '../../api/use-event.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { Loading } from '../../ui/loading.tsx';
import { ActReview } from './act-review.tsx';
import styles from './act-review.module.css';

/** One act: the very bytes that are signed on the left, the decision on the right. */
export function ActScreen({ id }: { readonly id: string }) {
  const { t } = useTexts();
  const root = useRef<HTMLDivElement>(null);
  const answer = useAnswer(`act:${id}`, () => kense().act.get({ id }));
  useEvent('workChanged', () => void answer.reload());
  useEffect(() => root.current?.focus({ preventScroll: true }), [id]);
  return (
    <div ref={root} className={styles.screen} tabIndex={-1} data-single-keys="self" data-focus-rest>
      {answer.value ? (
        <ActReview act={answer.value} replaceAct={answer.replace} reload={() => void answer.reload()} />
      ) : answer.failure ? (
        <FailureCard failure={answer.failure} onRetry={() => void answer.reload()} />
      ) : (
        <>
          <h1 className="visually-hidden">{t('state.loading')}</h1>
          <Loading />
        </>
      )}
    </div>
  );
}
