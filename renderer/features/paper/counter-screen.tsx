import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { PaperWorkView, TakenPaper } from '../../../shared/contract/index.ts';
import type { PaperForm as Form, PaperKind } from '../../../shared/domain/paper-form.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useEvent } from '../../api/use-event.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useNavigation } from '../../app/navigation.tsx';
import type { TextKey } from '../../i18n/text-key.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { KeyCap } from '../../ui/key-cap.tsx';
import { Loading } from '../../ui/loading.tsx';
import { CertifyField, useCertifying } from './certify-field.tsx';
import { ErrorSummary } from './error-summary.tsx';
import { labelOf } from './kind-fields.tsx';
import { PaperForm } from './paper-form.tsx';
import { useKeptForm, usePaperWork } from './use-paper-work.ts';
import { WorkPicker } from './work-picker.tsx';
import styles from './paper.module.css';

/** The counter: a filing that somebody hands in on paper, typed in by the office. */
export function CounterScreen({ id }: { readonly id: string | null }) {
  const { t } = useTexts();
  const work = usePaperWork(id, 'counter');
  const kinds = useAnswer('paper-kinds', () => kense().paper.kinds({}));
  useEvent('paperChanged', (changed) => {
    if (changed.id === work.value?.id) void work.reload();
  });
  const failure = work.failure ?? kinds.failure;
  return (
    <section className={styles.screen} aria-label={t('nav.counter')} data-pane>
      {failure && (
        <FailureCard
          failure={failure}
          onRetry={() => {
            void work.reload();
            void kinds.reload();
          }}
        />
      )}
      {work.value && kinds.value ? <Counter key={work.value.id} work={work.value} kinds={kinds.value} /> : !failure && <Loading />}
    </section>
  );
}

function Counter({ work, kinds }: { readonly work: PaperWorkView; readonly kinds: readonly PaperKind[] }) {
  const { t, named, language } = useTexts();
  const { go, replace } = useNavigation();
  const kept = useKeptForm(work);
  const form = kept.value ?? work.form;
  const [faults, setFaults] = useState<TakenPaper['faults']>([]);
  const [attempt, setAttempt] = useState(0);
  const [taken, setTaken] = useState<{ readonly filingId: string; readonly notes: TakenPaper['notes'] } | null>(null);
  const certifying = useCertifying();
  const taking = useAction();
  const box = useRef<HTMLFormElement>(null);
  const openButton = useRef<HTMLButtonElement>(null);
  useEffect(() => openButton.current?.focus(), [taken]);
  useEffect(() => {
    box.current?.querySelector<HTMLElement>('[name="kind"]')?.focus();
  }, []);

  const pageCount = work.arrangement.documents.reduce((sum, { pages }) => sum + pages.length, 0);
  const fields = kinds.find(({ id }) => id === form.kind)?.fields ?? [];
  const labelOfField = (path: string) => {
    const [group = '', place, member] = path.split('.');
    if (group === 'parties') return `${t('paper.party', { number: String(Number(place) + 1) })}, ${named('paperField', member ?? '')}`;
    const asked = fields.find(({ id }) => id === place);
    return group === 'fields' && asked ? labelOf(asked, language) : named('paperField', path);
  };
  const wordsOf = (code: string) => t(`paper.wrong.${code}` as TextKey);
  const wrong = (field: string) => {
    const fault = faults.find((known) => known.field === field);
    return fault ? wordsOf(fault.code) : null;
  };
  const goTo = (field: string) => {
    const control = box.current?.querySelector<HTMLElement>(`[name="${field}"]`);
    control?.scrollIntoView({ block: 'center' });
    control?.focus({ preventScroll: true });
  };
  const change = (next: Form) => {
    kept.change(next);
  };
  const openFiling = (filingId: string) => {
    go({ screen: 'queue', view: 'open' });
    replace({ screen: 'filing', id: filingId, neighbours: [] });
  };
  const take = () =>
    void taking.run(
      () => kense().paper.take({ id: work.id, form, keyId: pageCount > 0 ? certifying.keyId : null }),
      ({ filingId, faults: found, notes }) => {
        setFaults(found);
        setAttempt((n) => n + 1);
        if (filingId === null) return;
        kept.forget();
        const said = notes.filter(({ reduction, parts }) => reduction !== 'none' || parts > 1);
        if (said.length > 0) setTaken({ filingId, notes: said });
        else openFiling(filingId);
      },
    );
  useCommands('screen', { 'filing.register': take });

  if (taken)
    return (
      <div className={styles.taken} role="status">
        <h1>{t('paper.taken')}</h1>
        <ul>
          {taken.notes.map(({ title, reduction, parts }) => (
            <li key={title}>
              <b>{title}</b>:{' '}
              {[named('reduction', reduction), ...(parts > 1 ? [t('paper.splitInto', { parts: String(parts) })] : [])].join('; ')}
            </li>
          ))}
        </ul>
        <Button ref={openButton} onClick={() => openFiling(taken.filingId)}>
          {t('paper.openFiling')}
        </Button>
      </div>
    );

  return (
    <>
      <WorkPicker work={work} screen="counter" form={form} onDrop={kept.forget} />
      <form
        ref={box}
        className={styles.form}
        noValidate
        aria-label={t('nav.counter')}
        onSubmit={(event) => {
          event.preventDefault();
          take();
        }}
      >
        {faults.length > 0 && (
          <ErrorSummary
            attempt={attempt}
            faults={faults.map(({ field, code }) => ({ field, label: labelOfField(field), text: wordsOf(code) }))}
            onGo={goTo}
          />
        )}
        <p className={styles.pagesLine}>
          {t('paper.count', { documents: String(work.arrangement.documents.length), pages: String(pageCount) })}
          <Button variant="default" onClick={() => go({ screen: 'scan', id: work.id })}>
            {t('paper.toPages')}
          </Button>
        </p>
        <PaperForm form={form} kinds={kinds} wrong={wrong} onChange={change} />
      </form>
      <div className={styles.bar}>
        {taking.failure && <FailureCard failure={taking.failure} compact onClose={taking.clear} />}
        {pageCount > 0 && <CertifyField {...certifying} />}
        <p className={styles.small}>{t('paper.kept')}</p>
        <Button
          loading={taking.busy}
          onClick={take}
          aria-keyshortcuts="Control+Enter"
          rightSection={<KeyCap keys="Ctrl+Enter" tone="onPrimary" />}
        >
          {t('paper.take')}
        </Button>
      </div>
    </>
  );
}
