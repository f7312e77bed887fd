import { Button } from '@mantine/core';
import { useState } from 'react';
import type { DispatchDetail, DispatchRecipient } from '../../../shared/contract/index.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { sideId } from '../filing/parties-in-short.ts';
import { Standing } from '../proceedings/standing-chip.tsx';
import { DispatchPaperDialog } from './dispatch-paper-dialog.tsx';
import { DispatchState } from './dispatch-state.tsx';
import { LetterDialog } from './letter-dialog.tsx';
import { ResendDialog } from './resend-dialog.tsx';
import styles from './dispatch.module.css';

type Props = {
  readonly filingId: string;
  readonly actId: string;
  readonly issued: boolean;
  readonly recipient: DispatchRecipient;
  readonly onChanged: (after: DispatchDetail) => void;
};

/** One person to whom an act goes: how far it is, everything that was tried, and what can be done. */
export function RecipientCard({ filingId, actId, issued, recipient, onChanged }: Props) {
  const { t, named } = useTexts();
  const format = useFormat();
  const [dialog, setDialog] = useState<'letter' | 'record' | 'again' | null>(null);
  const { name, side, state, via, steps, attempts, nextAt, standing } = recipient;
  const close = () => setDialog(null);
  const done = (after: DispatchDetail) => {
    close();
    onChanged(after);
  };
  const reached = state === 'delivered' || state === 'read' || state === 'queued' || steps.length === 0;
  const letter = steps.find(({ channel }) => channel === 'post');
  return (
    <li className={styles.card}>
      <div className={styles.cardHead}>
        <h3>{name}</h3>
        <span className={styles.chips}>
          <DispatchState recipient={recipient} />
        </span>
      </div>
      <p className={styles.small}>
        {[side === '' ? null : named('side', sideId(side)), via === null ? null : named('channel', via), format.dateTime(recipient.at)]
          .filter((part) => part !== null)
          .join(' · ')}
      </p>
      {nextAt !== null && <p className={styles.small}>{t('dispatch.nextAt', { when: format.dateTime(nextAt) })}</p>}
      {standing.state !== 'confirmed' && (
        <div className={styles.chips}>
          <Standing standing={standing} done="" />
        </div>
      )}
      {letter && letter.address !== null && <p className={styles.small}>{`${t('dispatch.address.post')}: ${letter.address}`}</p>}
      {attempts.length > 0 && (
        <ol className={styles.attempts} aria-label={`${t('dispatch.attempts')}: ${name}`}>
          {attempts.map((attempt, at) => (
            <li key={at}>
              <span className={styles.when}>{format.dateTime(attempt.at)}</span>{' '}
              {`${named('channel', attempt.channel)}: ${named('dispatchOutcome', attempt.outcome)}`}
              <span className={styles.small}>
                {[
                  attempt.code === null ? null : named('dispatchCode', attempt.code),
                  attempt.channel === 'post' ? attempt.reference : null,
                  attempt.by,
                ]
                  .filter((part) => part !== null)
                  .map((part) => ` · ${part}`)
                  .join('')}
              </span>
            </li>
          ))}
        </ol>
      )}
      {!reached && (
        <div className={styles.actions}>
          {issued && letter && letter.address !== null && via === 'post' && (
            <>
              <Button
                variant="default"
                size="compact-md"
                aria-label={t('dispatch.letterFor', { name })}
                onClick={() => setDialog('letter')}
              >
                {t('dispatch.letter')}
              </Button>
              <Button
                variant="default"
                size="compact-md"
                aria-label={t('dispatch.recordFor', { name })}
                onClick={() => setDialog('record')}
              >
                {t('dispatch.record')}
              </Button>
            </>
          )}
          <Button variant="default" size="compact-md" aria-label={t('dispatch.againFor', { name })} onClick={() => setDialog('again')}>
            {t('dispatch.again')}
          </Button>
        </div>
      )}
      {dialog === 'letter' && <DispatchPaperDialog paper="letter" id={recipient.id} onClose={close} />}
      {dialog === 'record' && <LetterDialog actId={actId} recipient={recipient} onDone={done} onClose={close} />}
      {dialog === 'again' && <ResendDialog filingId={filingId} actId={actId} recipient={recipient} onDone={done} onClose={close} />}
    </li>
  );
}
