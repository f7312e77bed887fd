import { Button } from '@mantine/core';
import { useEffect, useId, useRef } from 'react';
import type { FilingAct, FilingActs } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useActName } from '../../app/use-act-name.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Chip } from '../../ui/chip.tsx';
import { FailureCard } from '../../ui/failure-card.tsx';
import { SureButton } from '../../ui/sure-button.tsx';
import { sayArticle } from '../filing/say-article.ts';
import { DueChip } from '../queue/due-chip.tsx';
import { ActState } from './act-state.tsx';
import { ActVersions } from './act-versions.tsx';
import { SentBackChip } from './review-chip.tsx';
import { JudgeTalks, OfficeAnswers, Talk } from './talk.tsx';
import { EditText } from './text-editor.tsx';
import styles from '../proceedings/proceedings.module.css';

type Props = {
  readonly found: FilingAct;
  readonly besideAct: boolean;
  /** It was made just now by the person who looks at it. */
  readonly takesFocus: boolean;
  readonly onChanged: (after: FilingActs) => void;
  readonly onReload: () => void;
};

/** One act: where it stands (beside the act itself that is said already), what was said about it, what runs since it was signed, and what this person may do with it. */
export function FilingActCard({ found, besideAct, takesFocus, onChanged, onReload }: Props) {
  const { t } = useTexts();
  const format = useFormat();
  const actName = useActName();
  const { open } = useNavigation();
  const card = useRef<HTMLLIElement>(null);
  const headId = useId();
  const handing = useAction();
  const { act, talk, talking, may } = found;
  const seen = { filingId: act.filingId, actId: act.id, revision: act.revision };
  useEffect(() => {
    if (takesFocus) card.current?.focus();
  }, [takesFocus]);
  return (
    <li ref={card} className={styles.card} tabIndex={-1} aria-labelledby={besideAct ? undefined : headId}>
      {!besideAct && (
        <>
          <div className={styles.cardHead}>
            <h3 id={headId}>{actName(act)}</h3>
            <Standing found={found} />
          </div>
          <p className={styles.small}>
            {act.preparedBy} · {format.dateTime(act.signedAt ?? act.preparedAt)} · {t(`language.${act.language}`)}
          </p>
        </>
      )}
      <Terms found={found} />
      <Talk talk={talk} />
      {talking === 'answer' && <OfficeAnswers key={act.id} filing={null} act={act} onDone={onReload} />}
      <div className={styles.actions}>
        {may.includes('edit') && <EditText actId={act.id} revision={act.revision} onEdited={onReload} />}
        {may.includes('hand') && (
          <Button loading={handing.busy} onClick={() => void handing.run(() => kense().acts.hand(seen), onChanged)}>
            {t('acts.hand')}
          </Button>
        )}
        {!besideAct && may.includes('read') && (
          <Button variant="default" onClick={() => open({ screen: 'act', id: act.id })}>
            {t('decision.read')}
          </Button>
        )}
        {(talking === 'send-back' || talking === 'take-back') && (
          <JudgeTalks filing={{ filingId: act.filingId, talking }} act={act} onDone={onReload} byKey={besideAct} />
        )}
        {may.includes('discard') && !besideAct && <Discard seen={seen} onChanged={onChanged} />}
      </div>
      {handing.failure && <FailureCard failure={handing.failure} compact onClose={handing.clear} />}
      {may.includes('versions') && (
        <details>
          <summary>{t('acts.versions')}</summary>
          <ActVersions actId={act.id} revision={act.revision} language={act.language} />
        </details>
      )}
    </li>
  );
}

function Standing({ found: { act } }: Pick<Props, 'found'>) {
  const { t } = useTexts();
  if (act.state !== 'draft') return <ActState state={act.state} setAside={act.setAside} />;
  if (act.preparing) return <Chip shape="busy">{t('acts.preparing')}</Chip>;
  return act.sentBack ? <SentBackChip /> : <Chip shape="unchecked">{t('acts.withJudge')}</Chip>;
}

function Terms({ found: { terms, termsFromDelivery } }: Pick<Props, 'found'>) {
  const { t, language } = useTexts();
  if (terms.length + termsFromDelivery.length === 0) return null;
  const inKazakh = language === 'kk';
  return (
    <ul className={styles.papers} aria-label={t('acts.terms')}>
      {terms.map((term) => (
        <li key={term.id} lang={inKazakh ? 'kk' : 'ru'}>
          <span>{inKazakh ? term.nameKk : term.nameRu}</span>
          <DueChip dueAt={term.dueAt} courtDaysLeft={term.courtDaysLeft} />
          <span className={styles.small}>{sayArticle(term.source, language)}</span>
        </li>
      ))}
      {termsFromDelivery.map((term) => (
        <li key={term.id}>
          <span lang={inKazakh ? 'kk' : 'ru'}>{inKazakh ? term.nameKk : term.nameRu}</span>
          <span className={styles.small}>
            {t('acts.fromDelivery')} · {sayArticle(term.source, language)}
          </span>
        </li>
      ))}
    </ul>
  );
}

type Seen = { readonly filingId: string; readonly actId: string; readonly revision: number };

/** What is thrown away is gone. */
function Discard({ seen, onChanged }: { readonly seen: Seen; readonly onChanged: (after: FilingActs) => void }) {
  const { t } = useTexts();
  const discarding = useAction();
  return (
    <>
      <SureButton
        label={t('acts.discard')}
        question={t('acts.discardSure')}
        yes={t('acts.discardYes')}
        busy={discarding.busy}
        onYes={() => void discarding.run(() => kense().acts.discard(seen), onChanged)}
      />
      {discarding.failure && <FailureCard failure={discarding.failure} compact onClose={discarding.clear} />}
    </>
  );
}
