import { useState } from 'react';
import type { Board, Figures, SplitLine } from '../../../shared/contract/index.ts';
import { BOARD_COUNTS, BOARD_SPLITS, type BoardSplit } from '../../../shared/domain/board-figures.ts';
import { useKindName } from '../../app/use-kind-name.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { ViewButtons } from '../../ui/view-buttons.tsx';
import { FigureGrid } from './figure-grid.tsx';
import { sayMinutes } from './say-minutes.ts';
import { useBehind } from './use-behind.ts';
import styles from './board-screen.module.css';

const LINES_AT_FIRST = 12;

type Props = {
  readonly board: Board;
  readonly split: BoardSplit;
  readonly onSplit: (split: BoardSplit) => void;
  /** Numbers alone, without bars. */
  readonly table: boolean;
};

/** The numbers by who has the filings, by what they are and by how their signatures were found. */
export function SplitLines({ board, split: wanted, onSplit, table }: Props) {
  const { t } = useTexts();
  const format = useFormat();
  const kindName = useKindName();
  const openBehind = useBehind(board);
  const [all, setAll] = useState(false);
  const there = BOARD_SPLITS.filter((split) => board.splits[split] !== undefined);
  const split = there.includes(wanted) ? wanted : there[0]!;
  const lines = board.splits[split] ?? [];
  const shown = all || lines.length <= LINES_AT_FIRST + 1 ? lines : lines.slice(0, LINES_AT_FIRST);
  // what has come and what is done are of one scale, and so is what waits with its parts
  const most = (count: 'arrived' | 'registered' | 'waiting') =>
    lines.reduce((highest, { figures }) => Math.max(highest, figures[count]), 1);
  const [flow, waiting] = [Math.max(most('arrived'), most('registered')), most('waiting')];
  const scaleOf = (count: (typeof BOARD_COUNTS)[number]) => (count === 'arrived' || count === 'registered' ? flow : waiting);
  const nameOf = ({ value, name }: SplitLine): string => {
    if (value === null) return t(`board.without.${split}`);
    if (split === 'person') return name ?? t('board.unknownPerson');
    if (split === 'kind') return kindName.short(value);
    if (split === 'verdict') return t(`queue.verdict.${value as 'valid'}`);
    if (split === 'language') return t(`language.${value as 'kk'}`);
    return value;
  };
  const nextName = board.next.from === board.next.until ? t('board.column.dueTomorrow') : format.date(board.next.until).slice(0, 5);
  const titleOf = (count: (typeof BOARD_COUNTS)[number]) =>
    count === 'dueNext' ? nextName : count === 'waiting' && board.scope === 'judge' ? t('board.withJudge') : t(`board.column.${count}`);
  const line = (id: string, name: string, figures: Figures, of: SplitLine | null) => ({
    id,
    name,
    cells: [
      ...BOARD_COUNTS.map((count) => ({
        text: String(figures[count]),
        label: `${name}, ${titleOf(count)}: ${figures[count]}`,
        share: of === null ? undefined : figures[count] / scaleOf(count),
        onOpen: () => openBehind({ count, ...(of && { line: { split, value: of.value } }) }),
      })),
      ...(['median', 'ninetieth'] as const).map((time) => ({
        text: sayMinutes(figures[time], t),
        label: `${name}, ${t(`board.column.${time}`)}: ${sayMinutes(figures[time], t)}`,
        onOpen:
          figures[time] === null ? undefined : () => openBehind({ count: 'registered', ...(of && { line: { split, value: of.value } }) }),
      })),
    ],
  });
  return (
    <section className={styles.part} aria-label={t('board.splits')} data-pane>
      <div className={styles.partHead}>
        <h2>{t('board.splits')}</h2>
        <ViewButtons
          label={t('board.splits')}
          views={there.map((id) => ({ id, name: t(`board.by.${id}`), count: board.splits[id]?.length }))}
          current={split}
          onChoose={onSplit}
        />
      </div>
      <FigureGrid
        key={split}
        label={t(`board.by.${split}`)}
        corner={t(`board.of.${split}`)}
        picture={table ? 'none' : 'bars'}
        columns={[
          ...BOARD_COUNTS.map((count) => ({ id: count, title: titleOf(count) })),
          { id: 'median', title: t('board.column.median') },
          { id: 'ninetieth', title: t('board.column.ninetieth') },
        ]}
        rows={[
          line('whole', t('board.whole'), board.whole, null),
          ...shown.map((of) => line(`line ${of.value ?? ''}`, nameOf(of), of.figures, of)),
        ]}
      />
      {shown.length < lines.length && (
        <button type="button" className={styles.more} onClick={() => setAll(true)}>
          {t('board.more', { count: lines.length - shown.length })}
        </button>
      )}
    </section>
  );
}
