import { useMemo } from 'react';
import type { DispatchAct, DispatchRecipient, DispatchView } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useEvent } from '../../api/use-event.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useActName } from '../../app/use-act-name.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Chip } from '../../ui/chip.tsx';
import { FailureCard } from '../../ui/failure-card.tsx';
import { Loading } from '../../ui/loading.tsx';
import type { GridColumn } from '../../ui/grid-column.ts';
import { RowGrid } from '../../ui/row-grid.tsx';
import look from '../../ui/list-screen.module.css';
import { ViewButtons } from '../../ui/view-buttons.tsx';
import { DispatchState } from './dispatch-state.tsx';
import { OfflineNote } from './offline-note.tsx';
import styles from './dispatch.module.css';

const VIEWS: readonly DispatchView[] = ['hand', 'open', 'all'];

/** Signed acts and those to whom they go; what needs a hand first. */
export function DispatchScreen({ view }: { readonly view: DispatchView }) {
  const { t } = useTexts();
  const { replace } = useNavigation();
  const answer = useAnswer(`dispatches:${view}`, () => kense().dispatch.list({ view, filingId: null }));
  useEvent('workChanged', () => void answer.reload());
  const list = answer.value;
  return (
    <section className={look.screen} aria-label={t('dispatch.title')}>
      <h1 className="visually-hidden">{t('dispatch.title')}</h1>
      <ViewButtons
        label={t('dispatch.views')}
        views={VIEWS.map((id) => ({ id, name: t(`dispatch.view.${id}`), count: list?.counts[id] }))}
        current={view}
        onChoose={(id) => replace({ screen: 'dispatches', view: id })}
      />
      <OfflineNote />
      {answer.failure && <FailureCard failure={answer.failure} onRetry={() => void answer.reload()} compact={list !== null} />}
      {list === null ? (
        !answer.failure && <Loading />
      ) : list.acts.length === 0 ? (
        <p className={look.empty}>{t(`dispatch.empty.${view}`)}</p>
      ) : (
        <DispatchGrid acts={list.acts} view={view} />
      )}
      {list?.more && <p className={styles.foot}>{t('dispatch.more', { shown: list.acts.length, total: list.counts[view] })}</p>}
    </section>
  );
}

/** One row for each person, one for an act that was sent to nobody. */
type Row = { readonly act: DispatchAct; readonly recipient: DispatchRecipient | null };
const rowsOf = (acts: readonly DispatchAct[], view: DispatchView): Row[] =>
  acts.flatMap((act): Row[] => {
    const shown = view === 'hand' ? act.recipients.filter(({ task }) => task !== null) : act.recipients;
    return act.recipients.length === 0 ? [{ act, recipient: null }] : shown.map((recipient) => ({ act, recipient }));
  });
const nameOf = ({ act, recipient }: Row) => recipient?.name ?? act.claimant;
const idOf = ({ act, recipient }: Row) => recipient?.id ?? act.actId;

function DispatchGrid({ acts, view }: { readonly acts: readonly DispatchAct[]; readonly view: DispatchView }) {
  const { t, named } = useTexts();
  const actName = useActName();
  const { dateTime } = useFormat();
  const { open, currentRows } = useNavigation();
  const rows = rowsOf(acts, view);
  const place = `dispatches:${view}`;
  const columns = useMemo(
    (): readonly GridColumn<Row>[] => [
      { id: 'kind', title: t('act.kind'), width: 'minmax(14rem, 1.3fr)', cell: ({ act }) => actName(act) },
      { id: 'case', title: t('filing.caseNumber'), width: '9.2rem', cell: ({ act }) => act.caseNumber ?? act.incomingNumber },
      { id: 'signed', title: t('act.signedAt'), width: '9.4rem', cell: ({ act }) => dateTime(act.signedAt) },
      {
        id: 'name',
        title: t('dispatch.colRecipient'),
        width: 'minmax(10rem, 1fr)',
        text: nameOf,
        cell: (row) => <div className={styles.name}>{nameOf(row)}</div>,
      },
      {
        id: 'way',
        title: t('dispatch.colWay'),
        width: '9.4rem',
        cell: ({ recipient }) => (recipient?.via === null || recipient === null ? t('state.none') : named('channel', recipient.via)),
      },
      {
        id: 'state',
        title: t('queue.colStatus'),
        width: 'minmax(14rem, 1.1fr)',
        cell: ({ act, recipient }) => (
          <div className={styles.chips}>
            {!act.issued && <Chip shape="busy">{t('dispatch.notIssued')}</Chip>}
            {recipient === null ? <Chip shape="warn">{t('dispatch.notSent')}</Chip> : <DispatchState recipient={recipient} />}
          </div>
        ),
      },
    ],
    [t, named, dateTime, actName],
  );
  return (
    <RowGrid
      label={t('dispatch.title')}
      columns={columns}
      count={rows.length}
      rowAt={(index) => rows[index] ?? null}
      idOf={idOf}
      startId={currentRows.get(place) ?? null}
      onCurrent={(id) => currentRows.set(place, id)}
      onOpen={(row) => {
        currentRows.set(place, idOf(row));
        open({ screen: 'dispatch', actId: row.act.actId });
      }}
      minWidth="70rem"
      wraps
    />
  );
}
