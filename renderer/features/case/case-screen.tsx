import { useEffect, useRef } from 'react';
import type { CaseCard } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useEvent } from '../../api/use-event.ts';
import { BackButton } from '../../app/back-button.tsx';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useSession } from '../../app/session-context.tsx';
import { useKindName } from '../../app/use-kind-name.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { FailureCard } from '../../ui/failure-card.tsx';
import look from '../../ui/list-screen.module.css';
import { Loading } from '../../ui/loading.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { sideId } from '../filing/parties-in-short.ts';
import { usePrinting } from '../printing/print-context.tsx';
import { CaseActs } from './case-acts.tsx';
import { CaseFilings } from './case-filings.tsx';
import { CaseTimeline } from './case-timeline.tsx';
import styles from './case-screen.module.css';

/** A case on one screen, from what this desk has: who and what, what happened, its filings and acts. */
export function CaseScreen({ number }: { readonly number: string }) {
  const { t } = useTexts();
  const root = useRef<HTMLElement>(null);
  const answer = useAnswer(`case:${number}`, () => kense().case.get({ number }));
  useEvent('workChanged', () => void answer.reload());
  useEffect(() => root.current?.focus({ preventScroll: true }), []);
  return (
    <section ref={root} className={look.screen} aria-label={t('case.title')} tabIndex={-1} data-single-keys="self" data-focus-rest>
      {answer.value ? (
        <Card card={answer.value} />
      ) : (
        <>
          <header className={look.header}>
            <h1>{t('case.number', { number })}</h1>
            <BackButton />
          </header>
          {answer.failure ? <FailureCard failure={answer.failure} onRetry={() => void answer.reload()} /> : <Loading />}
        </>
      )}
    </section>
  );
}

function Card({ card }: { readonly card: CaseCard }) {
  const { t } = useTexts();
  const format = useFormat();
  const { activeRole } = useSession();
  const { print } = usePrinting();
  const { currentRows } = useNavigation();
  const filings = useRef<HTMLDivElement>(null);
  const place = `case:${card.number}`;
  /* Coming back from a filing of the case, the focus is where it was. */
  useEffect(() => {
    const id = currentRows.get(place);
    if (id !== undefined) filings.current?.querySelector<HTMLElement>(`[data-filing="${id}"] button`)?.focus();
  }, [currentRows, place]);
  useCommands('screen', {
    'filing.talon': () => {
      const at = document.activeElement?.closest('[data-filing]')?.getAttribute('data-filing');
      const filing = card.filings.find(({ id }) => id === at) ?? card.filings[0];
      if (activeRole === 'judge' || !filing?.talon) return false;
      print({ paper: 'talon', id: filing.id });
      return true;
    },
  });
  return (
    <>
      <Identity card={card} />
      <div className={styles.body}>
        <div className={styles.pane} data-pane>
          <ScrollRegion label={t('case.timeline')} className={styles.scroll}>
            <h2>{t('case.timeline')}</h2>
            <CaseTimeline events={card.timeline} asOf={card.asOf} />
          </ScrollRegion>
        </div>
        <div className={styles.pane} data-pane>
          <ScrollRegion ref={filings} label={t('case.contents')} className={styles.scroll}>
            <h2>{t('case.filings', { number: card.filings.length })}</h2>
            <CaseFilings card={card} place={place} />
            <h2>{t('case.acts', { number: card.acts.length })}</h2>
            <CaseActs acts={card.acts} />
            <p className={styles.asOf}>{t('case.asOf', { when: format.dateTime(card.asOf) })}</p>
          </ScrollRegion>
        </div>
      </div>
    </>
  );
}

function Identity({ card: { number, kind, courtNameKk, courtNameRu, judge, parties } }: { readonly card: CaseCard }) {
  const { t, language, named } = useTexts();
  const kindName = useKindName();
  return (
    <header className={styles.identity}>
      <div className={styles.title}>
        <h1>{t('case.number', { number })}</h1>
        <CopyButton value={number} />
        <span className={styles.back}>
          <BackButton />
        </span>
      </div>
      <p className={styles.line}>
        {kind !== null && `${kindName.full(kind)} · `}
        <span lang={language === 'kk' ? 'kk' : 'ru'}>{language === 'kk' ? courtNameKk : courtNameRu}</span> · {t('case.judge')}:{' '}
        {judge ?? t('state.none')}
      </p>
      <ul className={styles.parties} aria-label={t('filing.parties')}>
        {parties.map(({ side, name, identifier, isCompany }, at) => (
          <li key={at}>
            <span className={styles.side}>{named('side', sideId(side))}:</span> <bdi className={styles.name}>{name}</bdi>
            {identifier !== null && (
              <span className={styles.side}>
                {' '}
                {t(isCompany ? 'filing.bin' : 'filing.iin')} {identifier}
              </span>
            )}
          </li>
        ))}
      </ul>
    </header>
  );
}
