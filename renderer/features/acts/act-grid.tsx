import { useEffect, useRef, useState } from 'react';
import type { ActSummary } from '../../../shared/contract/index.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useRowKeys } from '../../app/keys/use-row-keys.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { DueChip } from '../queue/due-chip.tsx';
import { ActState } from './act-state.tsx';
import { ReviewChip } from './review-chip.tsx';
import styles from './acts-screen.module.css';

const PAGE_ROWS = 15;

type Chosen = {
  readonly isChosen: (id: string) => boolean;
  readonly toggle: (id: string) => void;
  readonly toggleAll: () => void;
};
type Props = {
  readonly acts: readonly ActSummary[];
  readonly view: 'to-sign' | 'signed';
  readonly label: string;
  /** Absent where nothing is chosen. */
  readonly chosen?: Chosen;
};

/** Acts as rows with one tab stop. Enter opens, Space takes an act in or out, Ctrl+A all that were read. */
export function ActGrid({ acts, view, label, chosen }: Props) {
  const { t } = useTexts();
  const format = useFormat();
  const { open, currentRows } = useNavigation();
  const grid = useRef<HTMLDivElement>(null);
  const inside = useRef(false);
  const place = `acts:${view}`;
  const [currentId, setCurrentId] = useState(currentRows.get(place));
  const found = acts.findIndex((act) => act.id === currentId);
  const current = found < 0 ? 0 : found;

  const focusRow = (index: number) => grid.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus();
  const openAct = (id: string) => {
    currentRows.set(place, id);
    open({ screen: 'act', id });
  };
  const rowKeys = useRowKeys({
    current,
    count: acts.length,
    page: () => PAGE_ROWS,
    moveTo: focusRow,
    open: (index) => {
      const act = acts[index];
      if (act) openAct(act.id);
    },
  });
  const choose = () => {
    const act = acts[current];
    if (!inside.current || !act) return false;
    chosen?.toggle(act.id);
    return true;
  };
  useCommands(
    'panel',
    { 'list.select': choose, 'list.select-letter': choose, 'list.select-all': () => (inside.current ? chosen?.toggleAll() : false) },
    { on: chosen !== undefined },
  );
  useEffect(() => {
    focusRow(current);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once, on arriving at the list
  }, []);

  const titles = [
    t('act.kind'),
    t('filing.caseNumber'),
    t('act.parties'),
    t('act.preparedBy'),
    t('act.pages'),
    t(view === 'to-sign' ? 'queue.colDue' : 'act.signedAt'),
    t('queue.colStatus'),
  ];
  return (
    <div
      ref={grid}
      className={styles.grid}
      role="grid"
      aria-label={label}
      aria-rowcount={acts.length + 1}
      aria-multiselectable={chosen !== undefined}
      data-single-keys
      data-pane
      data-choosing={chosen !== undefined || undefined}
      onFocus={() => {
        inside.current = true;
        rowKeys.onFocus();
      }}
      onBlur={() => {
        inside.current = false;
        rowKeys.onBlur();
      }}
    >
      <div className={styles.head} role="row" aria-rowindex={1}>
        {chosen && (
          <span role="columnheader">
            <span className="visually-hidden">{t('act.chosen')}</span>
          </span>
        )}
        {titles.map((title) => (
          <span key={title} role="columnheader">
            {title}
          </span>
        ))}
      </div>
      {acts.map((act, index) => (
        // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- Enter opens the current row, see useRowKeys
        <div
          key={act.id}
          role="row"
          className={styles.row}
          data-index={index}
          data-current={index === current || undefined}
          data-pane-start={index === current ? '' : undefined}
          aria-rowindex={index + 2}
          aria-selected={chosen ? chosen.isChosen(act.id) : index === current}
          tabIndex={index === current ? 0 : -1}
          onClick={() => openAct(act.id)}
          onFocus={() => {
            setCurrentId(act.id);
            currentRows.set(place, act.id);
          }}
        >
          {chosen && (
            // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- Space does it on the row
            <span
              role="gridcell"
              className={styles.box}
              onClick={(event) => {
                event.stopPropagation();
                chosen.toggle(act.id);
              }}
            >
              <ChosenMark chosen={chosen.isChosen(act.id)} possible={act.reviewed} />
            </span>
          )}
          <span role="gridcell">{t(`act.kind.${act.kind}`)}</span>
          <span role="gridcell">{act.caseNumber ?? act.incomingNumber}</span>
          <span role="gridcell" title={partiesOf(act)}>
            {partiesOf(act)}
          </span>
          <span role="gridcell" title={act.preparedBy}>
            {act.preparedBy}
          </span>
          <span role="gridcell">{act.pages}</span>
          <span role="gridcell">
            {view === 'to-sign' ? (
              <DueChip dueAt={act.dueAt} courtDaysLeft={act.courtDaysLeft} />
            ) : act.signedAt === null ? (
              t('state.unknown')
            ) : (
              format.dateTime(act.signedAt)
            )}
          </span>
          <span role="gridcell">
            {act.state === 'draft' ? <ReviewChip act={act} /> : <ActState state={act.state} setAside={act.setAside} />}
          </span>
        </div>
      ))}
    </div>
  );
}

const partiesOf = ({ claimant, respondent }: ActSummary): string => [claimant, respondent].filter((name) => name !== null).join(' – ');

/** Decorative: the row itself says whether it is selected. */
function ChosenMark({ chosen, possible }: { readonly chosen: boolean; readonly possible: boolean }) {
  return (
    <svg
      className={styles.mark}
      data-chosen={chosen || undefined}
      data-possible={possible || undefined}
      viewBox="0 0 20 20"
      aria-hidden="true"
    >
      <rect x="2" y="2" width="16" height="16" rx="3" />
      {chosen && <path d="M5.8 10.4l2.8 2.8 5.6-6" />}
    </svg>
  );
}
