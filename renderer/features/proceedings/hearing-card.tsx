import { Button } from '@mantine/core';
import { useState } from 'react';
import type { HearingView, Proceedings, RecipientView, SummonsView } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureCard } from '../../ui/failure-card.tsx';
import { ReasonDialog } from '../filing/reason-dialog.tsx';
import { RecipientPicker } from './recipient-picker.tsx';
import { Standing } from './standing-chip.tsx';
import { SummonsDialog } from './summons-dialog.tsx';
import styles from './proceedings.module.css';

type Props = {
  readonly hearing: HearingView;
  readonly proceedings: Proceedings;
  readonly onMove: () => void;
  readonly onChanged: (after: Proceedings) => void;
};

/** One hearing: when, where, before whom, how far it is told, and what may be done. */
export function HearingCard({ hearing, proceedings, onMove, onChanged }: Props) {
  const { t } = useTexts();
  const format = useFormat();
  const [asking, setAsking] = useState<'cancel' | 'summon' | null>(null);
  const [paper, setPaper] = useState<string | null>(null);
  const over = hearing.cancelledAt !== null;
  const may = proceedings.allowed.includes('hearing') && !over;
  const close = (after?: Proceedings) => {
    setAsking(null);
    if (after) onChanged(after);
  };
  const where = [hearing.place, hearing.room === null ? null : t('hearing.roomShort', { room: hearing.room })];
  return (
    <li className={styles.card} data-over={over || undefined}>
      <div className={styles.cardHead}>
        <h3>
          <time dateTime={hearing.startsAt}>{format.dateTime(hearing.startsAt)}</time>
        </h3>
        <Standing standing={hearing.standing} done={over ? t('hearing.cancelled') : t('hearing.confirmed')} />
      </div>
      {over && hearing.cancelReason !== null && <p className={styles.small}>{hearing.cancelReason}</p>}
      {hearing.held !== null && (
        <p className={styles.small}>
          {t('hearing.heldStill', { at: format.dateTime(hearing.held.startsAt), room: hearing.held.room ?? '–' })}
        </p>
      )}
      <p>{where.filter((part) => part !== null).join(', ')}</p>
      <p className={styles.small}>
        {[hearing.label, hearing.judge ?? t('hearing.noJudge'), t(`hearing.mode.${hearing.mode}`)].join(' · ')}
      </p>
      {hearing.link !== null && <p className={styles.small}>{hearing.link}</p>}
      {hearing.summonses.length > 0 && <SummonsList summonses={hearing.summonses} onOpen={setPaper} />}
      {may && (
        <div className={styles.actions}>
          <Button variant="default" size="compact-md" onClick={() => setAsking('summon')}>
            {t('summons.action')}
          </Button>
          <Button variant="default" size="compact-md" onClick={onMove}>
            {t('hearing.moveAction')}
          </Button>
          <Button variant="default" size="compact-md" onClick={() => setAsking('cancel')}>
            {t('hearing.cancelAction')}
          </Button>
        </div>
      )}
      {asking === 'cancel' && <CancelDialog hearing={hearing} filingId={proceedings.filingId} onClose={close} />}
      {asking === 'summon' && <SummonDialog hearing={hearing} proceedings={proceedings} onClose={close} />}
      {paper !== null && <SummonsDialog summonsId={paper} onClose={() => setPaper(null)} />}
    </li>
  );
}

function SummonsList({ summonses, onOpen }: { readonly summonses: readonly SummonsView[]; readonly onOpen: (id: string) => void }) {
  const { t } = useTexts();
  return (
    <ul className={styles.papers} aria-label={t('summons.title')}>
      {summonses.map((summons) => (
        <li key={summons.id}>
          <button type="button" className={styles.link} onClick={() => onOpen(summons.id)}>
            {t('summons.of', { name: summons.name })}
          </button>
          <Standing standing={summons.standing} done={t('summons.issued')} />
        </li>
      ))}
    </ul>
  );
}

type Closing = { readonly onClose: (after?: Proceedings) => void };

function CancelDialog({ hearing, filingId, onClose }: Closing & { readonly hearing: HearingView; readonly filingId: string }) {
  const { t } = useTexts();
  const format = useFormat();
  return (
    <ReasonDialog
      title={t('hearing.cancelTitle', { at: format.dateTime(hearing.startsAt) })}
      label={t('hearing.cancelReason')}
      action={t('hearing.cancelAction')}
      optional
      leave={t('action.back')}
      act={(reason) => kense().hearing.cancel({ filingId, hearingId: hearing.id, reason: reason || null })}
      onDone={onClose}
      onClose={() => onClose()}
    >
      <p>{t('hearing.cancelHint')}</p>
    </ReasonDialog>
  );
}

function SummonDialog({ hearing, proceedings, onClose }: Closing & { readonly hearing: HearingView; readonly proceedings: Proceedings }) {
  const { t } = useTexts();
  const format = useFormat();
  const summoned = (name: string) => hearing.summonses.some((summons) => summons.name === name);
  const [chosen, setChosen] = useState<readonly RecipientView[]>(() => hearing.recipients.filter(({ name }) => !summoned(name)));
  const [tried, setTried] = useState(false);
  const issuing = useAction();
  useCommands('dialog', { 'app.back': () => onClose() }, { blocks: true });
  const issue = () => {
    setTried(true);
    if (chosen.length === 0) return;
    const { id: hearingId, revision } = hearing;
    const asked = { filingId: proceedings.filingId, hearingId, revision, recipients: [...chosen] };
    void issuing.run(() => kense().summons.issue(asked), onClose);
  };
  return (
    <Dialog title={t('summons.newTitle', { at: format.dateTime(hearing.startsAt) })} onClose={() => onClose()}>
      <p>{t('summons.hint')}</p>
      <RecipientPicker
        legend={t('summons.recipients')}
        people={proceedings.people}
        chosen={chosen}
        onChange={setChosen}
        error={tried && chosen.length === 0 ? t('proceedings.recipientsWrong') : null}
      />
      {issuing.failure && <FailureCard failure={issuing.failure} compact />}
      <div className={styles.actions}>
        <Button loading={issuing.busy} onClick={issue} data-autofocus>
          {t('summons.issueAction')}
        </Button>
        <Button variant="default" onClick={() => onClose()}>
          {t('action.cancel')}
        </Button>
      </div>
    </Dialog>
  );
}
