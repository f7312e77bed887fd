import { Button, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { CallCard } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { FailureCard } from '../../ui/failure-card.tsx';
import look from '../../ui/list-screen.module.css';
import styles from './card-screen.module.css';

/** For a call to 1401: a number in, a sentence out that may be read aloud. It names nobody and tells no contents. */
export function CardScreen() {
  const { t } = useTexts();
  const [text, setText] = useState('');
  const [asked, setAsked] = useState('');
  const [cards, setCards] = useState<readonly CallCard[] | null>(null);
  const asking = useAction();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);

  return (
    <section className={look.screen} aria-label={t('card.title')}>
      <form
        className={look.header}
        data-pane
        onSubmit={(event) => {
          event.preventDefault();
          const wanted = text.trim();
          if (wanted === '') return;
          void asking.run(
            () => kense().search.card({ text: wanted }),
            (found) => {
              setCards(found);
              setAsked(wanted);
              field.current?.select();
            },
          );
        }}
      >
        <h1>{t('card.title')}</h1>
        <TextInput
          ref={field}
          className={styles.field}
          aria-label={t('card.field')}
          placeholder={t('card.field')}
          value={text}
          maxLength={60}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit" loading={asking.busy}>
          {t('card.find')}
        </Button>
      </form>
      {asking.failure && <FailureCard failure={asking.failure} compact />}
      <div className={styles.cards} role="status" data-pane>
        {cards === null && <p className={styles.hint}>{t('card.hint')}</p>}
        {cards?.length === 0 && <p className={styles.hint}>{t('card.none', { query: asked })}</p>}
        {cards?.map((card) => (
          <article key={card.filingId} className={styles.card} aria-label={card.numbers.join(', ')}>
            <h2 className={styles.numbers}>{card.numbers.join(' · ')}</h2>
            {(['kk', 'ru'] as const).map((language) => (
              <p key={language} lang={language} className={styles.sentence}>
                {card.status[language]} {card.next[language]}
              </p>
            ))}
            <CopyButton value={`${card.status.kk} ${card.next.kk}\n${card.status.ru} ${card.next.ru}`} withWord />
          </article>
        ))}
      </div>
    </section>
  );
}
