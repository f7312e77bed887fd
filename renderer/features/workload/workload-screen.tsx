import { useEffect, useRef, useState } from 'react';
import type { QueueFilter, WorkloadPerson } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useEvent } from '../../api/use-event.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { focusAtRest } from '../../ui/focus-at-rest.ts';
import { Loading } from '../../ui/loading.tsx';
import { AssignDialog } from '../queue/assign-dialog.tsx';
import { LastChange } from '../queue/last-change.tsx';
import { useWork } from '../queue/use-work.ts';
import { LoadTable, type Shown } from './load-table.tsx';
import styles from './workload-screen.module.css';

/** Who has how much, and what one has given to another. */
export function WorkloadScreen() {
  const { t } = useTexts();
  const format = useFormat();
  const { open, currentRows } = useNavigation();
  const answer = useAnswer('workload', () => kense().work.load({}));
  useEvent('workChanged', () => void answer.reload());
  const work = useWork(t('work.undone'));
  const [current, setCurrent] = useState(currentRows.get('workload') ?? null);
  const [dialog, setDialog] = useState<'assign' | null>(null);
  const table = useRef<HTMLTableElement>(null);
  const load = answer.value;
  const person = load?.people.find(({ id }) => id === current) ?? load?.people[0];

  const toTable = () => table.current?.querySelector<HTMLElement>('[tabindex="0"]') ?? null;
  const isHere = load !== null;
  useEffect(() => {
    if (isHere) focusAtRest(toTable());
  }, [isHere]);
  const leaveDialog = () => {
    setDialog(null);
    toTable()?.focus();
  };
  useCommands('panel', {
    'queue.assign': () => ((person?.open ?? 0) > 0 ? setDialog('assign') : false),
    'app.undo': () => work.undo(),
  });

  const become = (id: string) => {
    currentRows.set('workload', id);
    setCurrent(id);
  };
  const show = ({ id }: WorkloadPerson, what: Shown) => {
    if (load === null) return;
    const done: QueueFilter = { registeredBy: id, registeredOn: load.today };
    open(what === 'done' ? { screen: 'registered', filter: done } : { screen: 'queue', view: what, filter: { assignee: id } });
  };

  return (
    <section className={styles.screen} aria-label={t('nav.workload')}>
      <div className={styles.head}>
        <h1>{t('nav.workload')}</h1>
        {load && <p className={styles.asOf}>{t('sync.stale', { when: format.dateTime(load.asOf) })}</p>}
      </div>
      {answer.failure && <FailureCard failure={answer.failure} onRetry={() => void answer.reload()} compact={load !== null} />}
      {work.failure && <FailureCard failure={work.failure} compact />}
      {load === null ? (
        !answer.failure && <Loading />
      ) : (
        <>
          <LoadTable
            ref={table}
            people={load.people}
            current={person?.id ?? null}
            onCurrent={become}
            onShow={show}
            onAssign={(id) => {
              become(id);
              setDialog('assign');
            }}
          />
          <footer className={styles.foot}>
            <button type="button" className={styles.link} onClick={() => open({ screen: 'queue', view: 'unassigned' })}>
              {t('workload.unassigned', { count: load.unassigned })}
            </button>
            <LastChange last={work.last} onUndo={() => work.undo()} />
          </footer>
        </>
      )}
      {dialog === 'assign' && person && (
        <AssignDialog
          chosen={0}
          absent={person}
          onAssign={leaveDialog}
          onCover={(from, to) => {
            work.run(
              () => kense().work.cover({ from: from.id, to: to.id }),
              (count) => t('work.assigned', { count, name: to.name }),
            );
            leaveDialog();
          }}
          onClose={leaveDialog}
        />
      )}
    </section>
  );
}
