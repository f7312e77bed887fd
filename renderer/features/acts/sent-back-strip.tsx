import { kense } from '../../api/kense.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useEvent } from '../../api/use-event.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useSession } from '../../app/session-context.tsx';
import { useActName } from '../../app/use-act-name.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Chip } from '../../ui/chip.tsx';
import styles from './sent-back-strip.module.css';

/** Drafts that a judge sent back and that wait for the office; nothing where none does. */
export function SentBackStrip() {
  const { activeRole } = useSession();
  return activeRole === 'secretary' || activeRole === 'office-head' ? <Strip /> : null;
}

function Strip() {
  const { t } = useTexts();
  const format = useFormat();
  const actName = useActName();
  const { open } = useNavigation();
  const answer = useAnswer('sent-back', () => kense().decision.sentBack({}));
  useEvent('workChanged', () => void answer.reload());
  const drafts = answer.value ?? [];
  if (drafts.length === 0) return null;
  return (
    <section className={styles.strip} aria-label={t('decision.sentBackList')}>
      <h2>
        <Chip tone="warn">{t('decision.sentBackCount', { count: drafts.length })}</Chip>
      </h2>
      <ul>
        {drafts.map(({ actId, filingId, kind, title, number, claimant, judge, at, comment }) => (
          <li key={actId}>
            <button
              type="button"
              onClick={() => open({ screen: 'filing', id: filingId, neighbours: drafts.map((draft) => draft.filingId) })}
            >
              {number} · {claimant}
            </button>
            <span>
              {actName({ kind, title })} · {judge} · {format.dateTime(at)}
            </span>
            <q>{comment}</q>
          </li>
        ))}
      </ul>
    </section>
  );
}
