import { Button } from '@mantine/core';
import { kense } from '../../api/kense.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useEvent } from '../../api/use-event.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useActName } from '../../app/use-act-name.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Chip } from '../../ui/chip.tsx';
import { FailureCard } from '../../ui/failure-card.tsx';
import { DispatchState } from './dispatch-state.tsx';
import styles from './dispatch.module.css';

/** The signed acts of a filing and how far each is for whom, as the screen of dispatches has them; nothing where none is signed. */
export function FilingDispatches({ filingId }: { readonly filingId: string }) {
  const { t, named } = useTexts();
  const actName = useActName();
  const format = useFormat();
  const { open } = useNavigation();
  const answer = useAnswer(`dispatches:of:${filingId}`, () => kense().dispatch.list({ view: 'all', filingId }));
  useEvent('workChanged', ({ filingIds }) => {
    if (filingIds.includes(filingId)) void answer.reload();
  });
  if (answer.failure) return <FailureCard failure={answer.failure} onRetry={() => void answer.reload()} compact />;
  if (!answer.value || answer.value.acts.length === 0) return null;
  return (
    <section className={styles.section} aria-label={t('dispatch.title')}>
      <h2>{t('dispatch.title')}</h2>
      <ul className={styles.cards}>
        {answer.value.acts.map((act) => (
          <li key={act.actId} className={styles.card}>
            <h3>{actName(act)}</h3>
            <p className={styles.small}>{format.dateTime(act.signedAt)}</p>
            {!act.issued && (
              <p>
                <Chip shape="busy">{t('dispatch.notIssued')}</Chip>
              </p>
            )}
            {act.recipients.length === 0 ? (
              <p>
                <Chip shape="warn">{t('dispatch.notSent')}</Chip>
              </p>
            ) : (
              act.recipients.map((recipient) => (
                <div key={recipient.id} className={styles.cardHead}>
                  <span>
                    {recipient.name}
                    {recipient.via !== null && <span className={styles.small}> · {named('channel', recipient.via)}</span>}
                  </span>
                  <span className={styles.chips}>
                    <DispatchState recipient={recipient} />
                  </span>
                </div>
              ))
            )}
            <div>
              <Button
                variant="default"
                size="compact-md"
                aria-label={`${t('dispatch.open')}: ${actName(act)}`}
                onClick={() => open({ screen: 'dispatch', actId: act.actId })}
              >
                {t('dispatch.open')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
