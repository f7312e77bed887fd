import { useEffect, useRef, useState } from 'react';
import type { QueueFilter, Workload, WorkloadPerson } from '../../../shared/contract/index.ts';
import type { ShareRule } from '../../../shared/domain/share-work.ts';
import type { Result } from '../../../shared/result.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
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
import { useLastWork, useWork } from '../queue/work-context.tsx';
import { AbsenceDialog } from './absence-dialog.tsx';
import { AbsenceList } from './absence-list.tsx';
import { LoadTable, type Shown } from './load-table.tsx';
import { NormDialog } from './norm-dialog.tsx';
import { RuleDialog } from './rule-dialog.tsx';
import { RuleList } from './rule-list.tsx';
import styles from './workload-screen.module.css';

type Open =
  | { readonly what: 'assign' }
  | { readonly what: 'absence'; readonly person: WorkloadPerson }
  | { readonly what: 'norm'; readonly person: WorkloadPerson | null }
  | { readonly what: 'rule'; readonly rule: ShareRule | null };

/** Who has how much, who is away, and by which rules the work is shared. */
export function WorkloadScreen() {
  const { t } = useTexts();
  const format = useFormat();
  const { open, currentRows } = useNavigation();
  const answer = useAnswer('workload', () => kense().work.load({}));
  useEvent('workChanged', () => void answer.reload());
  const work = useWork();
  const [current, setCurrent] = useState(currentRows.get('workload') ?? null);
  const [dialog, setDialog] = useState<Open | null>(null);
  const table = useRef<HTMLTableElement>(null);
  const load = answer.value;
  const person = load?.people.find(({ id }) => id === current) ?? load?.people[0];

  const toTable = () => table.current?.querySelector<HTMLElement>('[tabindex="0"]') ?? null;
  // also when what had the focus has gone with a change
  useEffect(() => {
    if (load !== null) focusAtRest(toTable());
  }, [load]);
  const leaveDialog = () => {
    setDialog(null);
    toTable()?.focus();
  };
  const planning = useAction();
  const plan = (call: () => Promise<Result<Workload>>) => {
    setDialog(null);
    void planning.run(call, answer.replace);
  };
  const { announce } = useLastWork();
  const setRules = (rules: readonly ShareRule[]) => {
    setDialog(null);
    void planning.run(
      () => kense().work.setRules({ rules: rules.map((rule) => ({ ...rule, kinds: [...rule.kinds], people: [...rule.people] })) }),
      ({ load: now, undo }) => {
        answer.replace(now);
        announce({ words: t('workload.rulesSet'), undo, changed: 1 });
      },
    );
  };
  useCommands('panel', {
    'queue.assign': () => ((person?.open ?? 0) > 0 ? setDialog({ what: 'assign' }) : false),
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
      {planning.failure && <FailureCard failure={planning.failure} compact />}
      {load === null ? (
        !answer.failure && <Loading />
      ) : (
        <>
          <div className={styles.scroller}>
            <LoadTable
              ref={table}
              people={load.people}
              current={person?.id ?? null}
              onCurrent={become}
              onShow={show}
              onAssign={(id) => {
                become(id);
                setDialog({ what: 'assign' });
              }}
              onAbsence={(of) => setDialog({ what: 'absence', person: of })}
              onNorm={(of) => setDialog({ what: 'norm', person: of })}
            />
            <div className={styles.actions}>
              <button type="button" className={styles.link} onClick={() => setDialog({ what: 'norm', person: null })}>
                {t('workload.normAll', { count: load.norm })}
              </button>
            </div>
            <AbsenceList
              load={load}
              onWithdraw={({ person: of, coveredBy, ...absence }) =>
                plan(() => kense().work.setAbsence({ ...absence, userId: of.id, coveredBy: coveredBy?.id ?? null, withdrawn: true }))
              }
            />
            <RuleList
              rules={load.rules}
              people={load}
              shareable={load.shareable}
              onRules={setRules}
              onEdit={(rule) => setDialog({ what: 'rule', rule })}
              onShare={() =>
                work.run(
                  () => kense().work.share({}),
                  (count) => t('workload.shared', { count }),
                )
              }
            />
          </div>
          <footer className={styles.foot}>
            <button type="button" className={styles.link} onClick={() => open({ screen: 'queue', view: 'unassigned' })}>
              {t('workload.unassigned', { count: load.unassigned })}
            </button>
          </footer>
        </>
      )}
      {dialog?.what === 'assign' && person && (
        <AssignDialog
          chosen={0}
          absent={person}
          away={new Map(load?.people.flatMap(({ id, away }) => (away ? [[id, away.until] as const] : [])))}
          startAt={person.away?.coveredBy?.id ?? null}
          onAssign={leaveDialog}
          onCover={(from, to, reason) => {
            work.run(
              () => kense().work.cover({ from: from.id, to: to.id, ...(reason && { reason }) }),
              (count) => t('work.assigned', { count, name: to.name }),
            );
            leaveDialog();
          }}
          onClose={leaveDialog}
        />
      )}
      {dialog?.what === 'absence' && load && (
        <AbsenceDialog
          person={dialog.person}
          load={load}
          onSet={(absence) => plan(() => kense().work.setAbsence(absence))}
          onClose={leaveDialog}
        />
      )}
      {dialog?.what === 'norm' && load && (
        <NormDialog
          person={dialog.person}
          norm={dialog.person?.norm.count ?? load.norm}
          onSet={(norm) => plan(() => kense().work.setNorm({ userId: dialog.person?.id ?? null, norm }))}
          onClose={leaveDialog}
        />
      )}
      {dialog?.what === 'rule' && load && (
        <RuleDialog
          rule={dialog.rule}
          people={load}
          onSet={(rule) => setRules(dialog.rule ? load.rules.map((each) => (each.id === rule.id ? rule : each)) : [...load.rules, rule])}
          onClose={leaveDialog}
        />
      )}
    </section>
  );
}
