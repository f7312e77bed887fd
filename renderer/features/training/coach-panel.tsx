import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { FilingDetail } from '../../../shared/contract/index.ts';
import { useOffice } from '../../app/office-context.tsx';
import { useTexts, type Texts } from '../../i18n/use-texts.ts';
import { coachAdvice, type Advice } from './coach-advice.ts';
import styles from './coach-panel.module.css';

/** The coach stays as the person left it when the next filing is opened. */
let leftOpen = false;

/** In training alone: what to look at on this filing, when it is asked for. */
export function CoachPanel({ filing }: { readonly filing: FilingDetail }) {
  const texts = useTexts();
  const { t } = texts;
  const { office } = useOffice();
  const [shown, setShown] = useState(leftOpen);
  const section = useRef<HTMLElement>(null);
  /* It stands below the checklist: what was asked for comes into sight. */
  useEffect(() => {
    if (shown) section.current?.scrollIntoView({ block: 'nearest' });
  }, [shown]);
  if (office.mode !== 'training') return null;
  const toggle = () => {
    leftOpen = !shown;
    setShown(leftOpen);
  };
  return (
    <section ref={section} className={styles.coach} aria-label={t('coach.title')}>
      <Button variant="default" size="compact-md" aria-expanded={shown} onClick={toggle}>
        {t(shown ? 'coach.hide' : 'coach.show')}
      </Button>
      {shown && (
        <>
          <p className={styles.lead}>{t('coach.lead')}</p>
          <ol className={styles.advice}>
            {coachAdvice(filing).map((advice) => {
              const words = sayAdvice(advice, texts);
              return words === null ? null : <li key={advice.about}>{words}</li>;
            })}
          </ol>
        </>
      )}
    </section>
  );
}

function sayAdvice(advice: Advice, { t, has, named }: Texts): string | null {
  switch (advice.about) {
    case 'kind':
      return has(`coach.kind.${advice.kind}`) ? named('coach.kind', advice.kind) : null;
    case 'fatal':
    case 'error':
    case 'warn':
    case 'checks':
      return t(`coach.${advice.about}`, { n: advice.n });
    default:
      return t(`coach.${advice.about}`);
  }
}
