import { useMemo } from 'react';
import type { ActSummary } from '../../../shared/contract/index.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useActName } from '../../app/use-act-name.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import type { GridColumn } from '../../ui/grid-column.ts';
import { RowGrid, type GridSelection } from '../../ui/row-grid.tsx';
import { DueChip } from '../queue/due-chip.tsx';
import { ActState } from './act-state.tsx';
import { ReviewChip, SentBackChip } from './review-chip.tsx';

type Props = {
  readonly acts: readonly ActSummary[];
  readonly view: 'to-sign' | 'signed';
  readonly label: string;
  /** Absent where nothing is chosen. */
  readonly selection?: GridSelection<ActSummary>;
};

/** Acts as rows. Enter opens, Space takes an act in or out, Ctrl+A all that were read. */
export function ActGrid({ acts, view, label, selection }: Props) {
  const { t } = useTexts();
  const { dateTime } = useFormat();
  const actName = useActName();
  const { open, currentRows } = useNavigation();
  const place = `acts:${view}`;
  const columns = useMemo(
    (): readonly GridColumn<ActSummary>[] => [
      { id: 'kind', title: t('act.kind'), width: '20.6rem', cell: actName },
      { id: 'case', title: t('filing.caseNumber'), width: '9.2rem', cell: (act) => act.caseNumber ?? act.incomingNumber },
      { id: 'parties', title: t('act.parties'), width: 'minmax(7rem, 1fr)', text: partiesOf, cell: partiesOf },
      {
        id: 'prepared',
        title: t('act.preparedBy'),
        width: 'minmax(5rem, 0.6fr)',
        text: (act) => act.preparedBy,
        cell: (act) => act.preparedBy,
      },
      { id: 'pages', title: t('act.pages'), width: '3.2rem', cell: (act) => act.pages },
      view === 'to-sign'
        ? {
            id: 'due',
            title: t('queue.colDue'),
            width: '8.8rem',
            cell: (act) => <DueChip dueAt={act.dueAt} courtDaysLeft={act.courtDaysLeft} />,
          }
        : {
            id: 'signed',
            title: t('act.signedAt'),
            width: '8.8rem',
            cell: (act) => (act.signedAt === null ? t('state.unknown') : dateTime(act.signedAt)),
          },
      {
        id: 'state',
        title: t('queue.colStatus'),
        width: '14.2rem',
        cell: (act) =>
          act.state === 'draft' ? (
            act.sentBack ? (
              <SentBackChip />
            ) : (
              <ReviewChip act={act} />
            )
          ) : (
            <ActState state={act.state} setAside={act.setAside} />
          ),
      },
    ],
    [t, dateTime, view, actName],
  );
  return (
    <RowGrid
      label={label}
      columns={columns}
      count={acts.length}
      rowAt={(index) => acts[index] ?? null}
      idOf={({ id }) => id}
      startId={currentRows.get(place) ?? null}
      onCurrent={(id) => currentRows.set(place, id)}
      onOpen={({ id }) => {
        currentRows.set(place, id);
        open({ screen: 'act', id });
      }}
      {...(selection && { selection })}
      minWidth="74rem"
    />
  );
}

const partiesOf = ({ claimant, respondent }: ActSummary): string => [claimant, respondent].filter((name) => name !== null).join(' – ');
