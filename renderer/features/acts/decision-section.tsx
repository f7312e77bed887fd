import { Button } from '@mantine/core';
import type { FilingDecision } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useEvent } from '../../api/use-event.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useSession } from '../../app/session-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Chip } from '../../ui/chip.tsx';
import { FailureCard } from '../../ui/failure-card.tsx';
import { NoticeText } from '../filing/notice-preview.tsx';
import { sayArticle } from '../filing/say-article.ts';
import { DueChip } from '../queue/due-chip.tsx';
import { ActVersions } from './act-versions.tsx';
import { JudgeDecides } from './decision-form.tsx';
import { EditText } from './text-editor.tsx';
import { JudgeTalks, OfficeAnswers, Talk } from './talk.tsx';
import styles from '../proceedings/proceedings.module.css';

type Props = {
  readonly filingId: string;
  /** Beside the act itself nothing leads to it. */
  readonly besideAct?: boolean;
  /** Whether the form of another decision is open. */
  readonly onForm?: (open: boolean) => void;
};

/** What is proposed, decided otherwise or signed on a filing, what was said about it, and the terms that a signed ruling began. */
export function DecisionSection({ filingId, besideAct = false, onForm }: Props) {
  const { t } = useTexts();
  const { activeRole } = useSession();
  const navigation = useNavigation();
  const answer = useAnswer(`decision:${filingId}`, () => kense().decision.get({ filingId }));
  useEvent('workChanged', ({ filingIds }) => {
    if (filingIds.includes(filingId)) void answer.reload();
  });
  if (answer.value === null) return answer.failure ? <FailureCard failure={answer.failure} onRetry={() => void answer.reload()} /> : null;
  const filing = answer.value;
  const { act, current, offered, talking } = filing;
  if (current === null && offered.length === 0) return null;
  const isJudge = activeRole === 'judge';
  return (
    <section className={styles.section} aria-label={t('decision.title')}>
      <h2>{t('decision.title')}</h2>
      {current !== null && <Current filing={filing} current={current} />}
      {filing.notice !== null && (
        <details className={styles.card} open={isJudge}>
          <summary>{t('decision.notice')}</summary>
          <NoticeText notice={filing.notice} />
        </details>
      )}
      <Talk talk={filing.talk} />
      {act !== null && talking === 'answer' && <OfficeAnswers key={act.id} filing={filing} act={act} onDone={answer.replace} />}
      {act?.state === 'draft' && activeRole === 'secretary' && act.sentBack && (
        <div>
          <EditText actId={act.id} revision={act.revision} onEdited={() => void answer.reload()} />
        </div>
      )}
      {isJudge && (
        <div className={styles.actions}>
          {act?.state === 'draft' && <EditText actId={act.id} revision={act.revision} onEdited={() => void answer.reload()} />}
          {!besideAct && act?.state === 'draft' && (
            <Button variant="default" onClick={() => navigation.open({ screen: 'act', id: act.id })}>
              {t('decision.read')}
            </Button>
          )}
          {act !== null && talking !== null && <JudgeTalks filing={filing} act={act} onDone={answer.replace} byKey={besideAct} />}
        </div>
      )}
      {act !== null && (isJudge || activeRole === 'secretary') && (
        <ActVersions actId={act.id} revision={act.revision} language={act.language} />
      )}
      {isJudge && offered.length > 0 && (
        <div>
          <JudgeDecides key={act?.id ?? 'none'} filing={filing} onDone={answer.replace} onForm={onForm} />
        </div>
      )}
    </section>
  );
}

type CurrentProps = { readonly filing: FilingDecision; readonly current: NonNullable<FilingDecision['current']> };

function Current({ filing: { act, language: filed, terms }, current }: CurrentProps) {
  const { t, language } = useTexts();
  const format = useFormat();
  const inKazakh = language === 'kk';
  const lang = inKazakh ? 'kk' : 'ru';
  return (
    <div className={styles.card}>
      <div className={styles.cardHead}>
        <h3>{t(current.signedAt === null ? `act.kind.ruling-${current.decision}` : `decision.done.${current.decision}`)}</h3>
        {act?.sentBack && <Chip shape="busy">{t('decision.withOffice')}</Chip>}
      </div>
      <p className={styles.small}>{current.signedAt === null ? t('decision.drafted') : format.dateTime(current.signedAt)}</p>
      {current.grounds.length > 0 && (
        <ul className={styles.papers} aria-label={t('decision.grounds')}>
          {current.grounds.map(({ code, article, nameKk, nameRu, note }) => (
            <li key={code} lang={lang}>
              <span>{inKazakh ? nameKk : nameRu}</span>
              <span className={styles.small}>{sayArticle(article, language)}</span>
              {note !== null && <span className={styles.small}>{note}</span>}
            </li>
          ))}
        </ul>
      )}
      {current.transferTo !== null && (
        <p lang={filed}>
          {t('decision.court')}: {current.transferTo.name}
        </p>
      )}
      {terms.length > 0 && (
        <ul className={styles.papers} aria-label={t('decision.terms')}>
          {terms.map((term) => (
            <li key={term.id} lang={lang}>
              <span>{inKazakh ? term.nameKk : term.nameRu}</span>
              <DueChip dueAt={term.dueAt} courtDaysLeft={term.courtDaysLeft} />
              <span className={styles.small}>{sayArticle(term.source, language)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
