import { Button, Textarea } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { Conflict, ParkedItem } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useSession } from '../../app/session-context.tsx';
import { useActName } from '../../app/use-act-name.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureCard } from '../../ui/failure-card.tsx';
import { useRegistered } from '../registration/registered-context.tsx';
import { HistoryList } from '../filing/history-panel.tsx';
import { Loading } from '../../ui/loading.tsx';
import { StatusIcon } from '../../ui/status-icon.tsx';
import { pickClasses } from '../../ui/pick-classes.ts';
import { sayKinds } from './say-status.ts';
import { useSync } from './sync-context.tsx';
import styles from './conflict-dialog.module.css';

type Props = { readonly item: ParkedItem; readonly onClose: () => void };

/** One filing as it is here beside how the centre holds it, the rule between both, and the decision with its reason. */
export function ConflictDialog({ item, onClose }: Props) {
  const { t, named } = useTexts();
  useCommands('dialog', { 'app.back': onClose }, { blocks: true });
  const about = item.cabinetNumber ?? named('outbox', item.kind);
  return (
    <Dialog title={item.cabinetNumber === null ? t('sync.withdraw') : t('conflict.title', { number: about })} onClose={onClose}>
      {item.cabinetNumber === null ? <Decision item={item} conflict={null} onDone={onClose} /> : <Compared item={item} onClose={onClose} />}
    </Dialog>
  );
}

function Compared({ item, onClose }: Props) {
  const { t } = useTexts();
  const format = useFormat();
  const answer = useAnswer(`conflict ${item.id}`, () => kense().sync.compare({ outboxId: item.id }));
  const conflict = answer.value;
  if (!conflict) return answer.failure ? <FailureCard failure={answer.failure} onRetry={() => void answer.reload()} /> : <Loading />;
  return (
    <>
      <p className={styles.small}>
        {t(conflict.live ? 'conflict.askedAt' : 'conflict.toldAt', { when: format.dateTime(conflict.asOf) })}
        {conflict.registeredBy !== null && ` · ${t('conflict.registeredBy', { name: conflict.registeredBy })}`}
      </p>
      <Facts facts={conflict.facts} />
      <Decision item={item} conflict={conflict} onDone={onClose} />
      <details className={styles.history}>
        <summary>{t('conflict.history')}</summary>
        <HistoryList history={conflict.history} />
      </details>
    </>
  );
}

function Facts({ facts }: Pick<Conflict, 'facts'>) {
  const { t, named } = useTexts();
  const actName = useActName();
  const format = useFormat();
  const say = (fact: Conflict['facts'][number], value: string | null) => {
    if (value === null) return t('state.none');
    if (fact.fact === 'state') return named('status', value);
    if (fact.fact === 'flagged') return t(value === 'yes' ? 'conflict.yes' : 'conflict.no');
    if (fact.fact === 'registeredAt') return `${format.date(value)}, ${format.clock(value)}`;
    if (fact.fact === 'talon' || fact.fact === 'act') return <code title={value}>{value.slice(0, 12)}…</code>;
    return value;
  };
  return (
    <table className={styles.facts}>
      <thead>
        <tr>
          <th scope="col">{t('conflict.fact')}</th>
          <th scope="col">{t('conflict.here')}</th>
          <th scope="col">{t('conflict.registry')}</th>
          <th scope="col">{t('conflict.compared')}</th>
        </tr>
      </thead>
      <tbody>
        {facts.map((fact) => (
          <tr key={`${fact.fact} ${fact.of ?? ''} ${fact.here ?? fact.registry ?? ''}`} data-differs={!fact.same || undefined}>
            <th scope="row">{fact.of === null ? t(`conflict.fact.${fact.fact}`) : actName({ kind: fact.of })}</th>
            <td>{say(fact, fact.here)}</td>
            <td>{say(fact, fact.registry)}</td>
            <td className={styles.mark}>
              <StatusIcon shape={fact.same ? 'ok' : 'warn'} size={16} />
              {t(fact.same ? 'conflict.same' : 'conflict.differs')}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type DecisionProps = { readonly item: ParkedItem; readonly conflict: Conflict | null; readonly onDone: () => void };

function Decision({ item, conflict, onDone }: DecisionProps) {
  const texts = useTexts();
  const { t } = texts;
  const { activeRole } = useSession();
  const { put } = useSync();
  const { last, dismiss } = useRegistered();
  const [reason, setReason] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  /* It comes when the centre has answered; until then the focus is on the frame. */
  useEffect(() => field.current?.focus(), []);
  const taking = useAction();
  const take = () =>
    void taking.run(
      () => kense().sync.takeRegistry({ outboxId: item.id, reason: reason.trim() }),
      (status) => {
        put(status);
        if (last?.filingId === item.subject) dismiss();
        onDone();
      },
    );
  const withdraws = sayKinds(conflict?.withdraws ?? [item.kind], texts);
  const decides = activeRole === 'office-head' || (activeRole === 'secretary' && (conflict?.setsAside ?? 0) === 0);
  return (
    <section className={styles.decision} aria-label={t('conflict.rule')}>
      {conflict && <p>{t('conflict.ruleText')}</p>}
      <h3>{t('conflict.follows')}</h3>
      <ul className={styles.follows}>
        <li>{t('conflict.withdraws', { what: withdraws })}</li>
        {conflict && conflict.voids.length > 0 && <li>{t('conflict.voids', { numbers: conflict.voids.join(', ') })}</li>}
        {conflict && conflict.setsAside > 0 && <li>{t('conflict.setsAside', { n: conflict.setsAside })}</li>}
        <li>{t('conflict.stays')}</li>
      </ul>
      {decides ? (
        <>
          <Textarea
            label={t('conflict.reason')}
            classNames={pickClasses(styles, { label: 'label' })}
            ref={field}
            required
            rows={2}
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {taking.failure && <FailureCard failure={taking.failure} compact />}
          <div className={styles.actions}>
            <Button loading={taking.busy} disabled={reason.trim() === ''} onClick={take}>
              {conflict ? t('conflict.take') : t('sync.withdraw')}
            </Button>
            <Button variant="default" onClick={onDone}>
              {t('action.cancel')}
            </Button>
          </div>
        </>
      ) : (
        <p className={styles.small}>{t(activeRole === 'secretary' ? 'conflict.headDecides' : 'conflict.officeDecides')}</p>
      )}
    </section>
  );
}
