import { Button, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { GivenDocumentView, Proceedings } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Standing } from './standing-chip.tsx';
import { useDraft } from './use-draft.ts';
import styles from './proceedings.module.css';

type AnswerDraft = { readonly documents: readonly GivenDocumentView[]; readonly note: string };
const emptyAnswer = (): AnswerDraft => ({ documents: [], note: '' });
const isAnswer = (kept: unknown): kept is AnswerDraft =>
  typeof kept === 'object' && kept !== null && 'documents' in kept && Array.isArray(kept.documents) && 'note' in kept;

type Props = { readonly proceedings: Proceedings; readonly onChanged: (after: Proceedings) => void };

/** The answer to a request for minutes, a recording, a copy, a writ or the like: what was given, or the form that gives it. */
export function AnswerSection({ proceedings, onChanged }: Props) {
  const { t } = useTexts();
  const { fulfilment } = proceedings;
  if (!proceedings.isRequest) return null;
  return (
    <section className={styles.section} aria-label={t('answer.title')}>
      <h2>{t('answer.title')}</h2>
      {fulfilment !== null ? (
        <Given fulfilment={fulfilment} filingId={proceedings.filingId} />
      ) : proceedings.allowed.includes('fulfil') ? (
        <AnswerForm filingId={proceedings.filingId} onChanged={onChanged} />
      ) : (
        <p className={styles.small}>{t('answer.none')}</p>
      )}
    </section>
  );
}

function Given({ fulfilment, filingId }: { readonly fulfilment: NonNullable<Proceedings['fulfilment']>; readonly filingId: string }) {
  const { t } = useTexts();
  const format = useFormat();
  const saving = useAction();
  return (
    <div className={styles.card}>
      <div className={styles.cardHead}>
        <h3>{format.dateTime(fulfilment.at)}</h3>
        <Standing standing={fulfilment.standing} done={t('answer.given')} />
      </div>
      {fulfilment.note !== null && <p>{fulfilment.note}</p>}
      <ul className={styles.papers}>
        {fulfilment.documents.map(({ sha256, title, size }) => (
          <li key={sha256}>
            <button type="button" className={styles.link} onClick={() => void saving.run(() => kense().request.save({ filingId, sha256 }))}>
              {t('answer.save', { title })}
            </button>
            <span className={styles.small}>{format.size(size)}</span>
          </li>
        ))}
      </ul>
      {saving.failure && <FailureCard failure={saving.failure} compact onClose={saving.clear} />}
    </div>
  );
}

function AnswerForm({ filingId, onChanged }: { readonly filingId: string; readonly onChanged: Props['onChanged'] }) {
  const { t } = useTexts();
  const format = useFormat();
  const { value, change } = useDraft(filingId, 'answer', emptyAnswer, isAnswer);
  const [tried, setTried] = useState(false);
  const choosing = useAction();
  const sending = useAction();
  if (value === null) return null;
  const untitled = value.documents.some(({ title }) => title.trim() === '');
  const nothing = value.documents.length === 0 && value.note.trim() === '';
  const choose = () =>
    void choosing.run(
      () => kense().request.choose({}),
      (chosen) => {
        const fresh = chosen.filter(({ sha256 }) => !value.documents.some((known) => known.sha256 === sha256));
        if (fresh.length > 0) change({ ...value, documents: [...value.documents, ...fresh] });
      },
    );
  const send = () => {
    setTried(true);
    if (nothing || untitled) return;
    const documents = value.documents.map((document) => ({ ...document, title: document.title.trim() }));
    void sending.run(() => kense().request.fulfil({ filingId, documents, note: value.note.trim() || null }), onChanged);
  };
  return (
    <form
      className={styles.form}
      aria-label={t('answer.title')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <p className={styles.small}>{t('answer.hint')}</p>
      {value.documents.map((document, at) => (
        <div key={document.sha256} className={styles.chosen}>
          <TextInput
            label={t('answer.documentTitle')}
            description={`${document.fileName} · ${format.size(document.size)}`}
            required
            maxLength={1000}
            error={tried && document.title.trim() === '' ? t('answer.titleWrong') : null}
            value={document.title}
            onChange={(event) => {
              const title = event.currentTarget.value;
              change({ ...value, documents: value.documents.map((one, i) => (i === at ? { ...one, title } : one)) });
            }}
          />
          <Button
            variant="default"
            aria-label={t('answer.removeOf', { title: document.title || document.fileName })}
            onClick={() => change({ ...value, documents: value.documents.filter((_, i) => i !== at) })}
          >
            <Icon name="close" size={18} />
          </Button>
        </div>
      ))}
      <div>
        <Button variant="default" loading={choosing.busy} leftSection={<Icon name="plus" size={18} />} onClick={choose}>
          {t('answer.choose')}
        </Button>
      </div>
      {choosing.failure && <FailureCard failure={choosing.failure} compact onClose={choosing.clear} />}
      <Textarea
        label={t('answer.note')}
        rows={3}
        maxLength={4000}
        error={tried && nothing ? t('answer.nothing') : null}
        value={value.note}
        onChange={(event) => change({ ...value, note: event.currentTarget.value })}
      />
      {sending.failure && <FailureCard failure={sending.failure} compact />}
      <div className={styles.actions}>
        <Button type="submit" loading={sending.busy}>
          {t('answer.action')}
        </Button>
      </div>
    </form>
  );
}
