import type { Board } from '../../../shared/contract/index.ts';
import type { QueueView } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useEvent } from '../../api/use-event.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useKindName } from '../../app/use-kind-name.ts';
import { useFormat } from '../../i18n/use-format.ts';
import type { TextKey } from '../../i18n/text-key.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { Loading } from '../../ui/loading.tsx';
import { StatusIcon, type StatusShape } from '../../ui/status-icon.tsx';
import { OverrideList } from './override-list.tsx';
import { SurveySums } from '../proceedings/survey-sums.tsx';
import styles from './board-screen.module.css';

type Count = {
  readonly text: TextKey;
  readonly of: (board: Board) => number;
  /** The list behind the number, where there is one. */
  readonly view?: QueueView;
  readonly shape?: StatusShape;
};
const COUNTS: readonly Count[] = [
  { text: 'head.today', of: (b) => b.receivedToday },
  { text: 'head.registeredToday', of: (b) => b.registeredToday, view: 'registered' },
  { text: 'head.inQueue', of: (b) => b.inQueue, view: 'open' },
  { text: 'head.overdue', of: (b) => b.overdue, view: 'overdue', shape: 'bad' },
  { text: 'head.dueToday', of: (b) => b.dueToday, view: 'due-today', shape: 'warn' },
  { text: 'head.signatureProblems', of: (b) => b.signatureProblems, view: 'signature-problem', shape: 'warn' },
  { text: 'head.flagged', of: (b) => b.flagged },
  { text: 'head.withJudge', of: (b) => b.withJudge },
];

/** The state of the office in numbers; each is written out and, where a list stands behind it, leads there. */
export function BoardScreen() {
  const { t } = useTexts();
  const format = useFormat();
  const answer = useAnswer('board', () => kense().board.get({}));
  useEvent('workChanged', () => void answer.reload());
  const board = answer.value;
  return (
    <section className={styles.screen} aria-label={t('nav.dashboard')} data-pane>
      <div className={styles.head}>
        <h1>{t('nav.dashboard')}</h1>
        {board && <p className={styles.asOf}>{t('sync.stale', { when: format.dateTime(board.asOf) })}</p>}
      </div>
      {answer.failure && <FailureCard failure={answer.failure} onRetry={() => void answer.reload()} compact={board !== null} />}
      {board ? <BoardCounts board={board} /> : !answer.failure && <Loading />}
      <OverrideList />
      <SurveySums />
    </section>
  );
}

function BoardCounts({ board }: { readonly board: Board }) {
  const { t } = useTexts();
  const { go, open } = useNavigation();
  const kindName = useKindName();
  const openView = (view: QueueView) => (view === 'registered' ? open({ screen: 'registered' }) : open({ screen: 'queue', view }));
  return (
    <>
      <ul className={styles.counts}>
        {COUNTS.map(({ text, of, view, shape }) => {
          const count = of(board);
          const body = (
            <>
              <span className={styles.number}>
                {shape && count > 0 && <StatusIcon shape={shape} size={22} />}
                {count}
              </span>
              <span className={styles.label}>{t(text)}</span>
            </>
          );
          return (
            <li key={text}>
              {view === undefined ? (
                <div className={styles.count}>{body}</div>
              ) : (
                <button type="button" className={styles.count} onClick={() => openView(view)}>
                  {body}
                </button>
              )}
            </li>
          );
        })}
        <li>
          <div className={styles.count}>
            <span className={styles.number}>
              {board.averageMinutesToRegister === null ? t('state.none') : sayMinutes(board.averageMinutesToRegister, t)}
            </span>
            <span className={styles.label}>{t('head.avgTime')}</span>
          </div>
        </li>
      </ul>
      <div className={styles.charts}>
        <Bars title={t('head.byDue')} bars={board.byDue.map(({ bucket, count }) => ({ name: t(`head.due.${bucket}`), count }))} />
        <Bars title={t('head.byKind')} bars={board.byKind.map(({ kind, count }) => ({ name: kindName.short(kind), count }))} />
        <Bars title={t('head.byEmployee')} bars={board.byEmployee.map(({ name, registered }) => ({ name, count: registered }))} />
      </div>
      <p>
        <button type="button" className={styles.toQueue} onClick={() => go({ screen: 'queue', view: 'open' })}>
          {t('head.openQueue')}
        </button>
      </p>
    </>
  );
}

function sayMinutes(minutes: number, t: ReturnType<typeof useTexts>['t']): string {
  const whole = Math.round(minutes);
  const hours = Math.floor(whole / 60);
  const rest = t('sla.minShort', { n: whole % 60 });
  return hours > 0 ? `${t('sla.hourShort', { n: hours })} ${rest}` : rest;
}

/** A bar per line with its value written at the end: the picture is read as text too. */
function Bars({ title, bars }: { readonly title: string; readonly bars: readonly { readonly name: string; readonly count: number }[] }) {
  const { t } = useTexts();
  const most = Math.max(1, ...bars.map((bar) => bar.count));
  return (
    <section className={styles.chart} aria-label={title}>
      <h2>{title}</h2>
      {bars.length === 0 ? (
        <p className={styles.asOf}>{t('head.nothing')}</p>
      ) : (
        <dl className={styles.bars}>
          {bars.map((bar) => (
            <div key={bar.name} className={styles.bar}>
              <dt title={bar.name}>{bar.name}</dt>
              <dd>
                <span className={styles.fill} style={{ width: `${(bar.count / most) * 100}%` }} aria-hidden="true" />
                <span className={styles.value}>{bar.count}</span>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
