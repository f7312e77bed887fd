import { Button, Textarea } from '@mantine/core';
import { useId } from 'react';
import type { Note } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useEvent } from '../../api/use-event.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { useDraft } from '../proceedings/use-draft.ts';
import styles from './office-words.module.css';

const isText = (kept: unknown): kept is string => typeof kept === 'string';
const MOST = 4_000;

/** What colleagues have written about the filing, newest first; nobody outside the court sees it. */
export function NotesSection({ filingId }: { readonly filingId: string }) {
  const { t } = useTexts();
  const titleId = useId();
  const notes = useAnswer(`notes:${filingId}`, () => kense().note.list({ filingId }));
  useEvent('workChanged', ({ filingIds }) => {
    if (filingIds.includes(filingId)) void notes.reload();
  });
  const draft = useDraft<string>(filingId, 'note', () => '', isText);
  const adding = useAction();
  const text = draft.value ?? '';
  const add = () =>
    void adding.run(
      () => kense().note.add({ filingId, text: text.trim() }),
      (now) => {
        draft.drop();
        draft.reset();
        notes.replace(now);
      },
    );
  return (
    <section aria-labelledby={titleId} className={styles.section}>
      <h2 id={titleId}>{t('note.title')}</h2>
      <Textarea
        label={t('note.new')}
        description={t('note.whoSees')}
        rows={2}
        autosize
        maxRows={8}
        maxLength={MOST}
        disabled={draft.value === null}
        value={text}
        onChange={(event) => draft.change(event.currentTarget.value)}
      />
      {text.trim() !== '' && (
        <div className={styles.actions}>
          <Button loading={adding.busy} onClick={add}>
            {t('note.add')}
          </Button>
        </div>
      )}
      {adding.failure && <FailureCard failure={adding.failure} compact onClose={adding.clear} />}
      {notes.failure && <FailureCard failure={notes.failure} compact onRetry={() => void notes.reload()} />}
      {notes.value !== null && notes.value.length > 0 && (
        <ol className={styles.words} aria-label={t('note.title')}>
          {notes.value.map((note) => (
            <NoteItem key={note.id} filingId={filingId} note={note} onChanged={notes.replace} />
          ))}
        </ol>
      )}
    </section>
  );
}

function NoteItem({
  filingId,
  note,
  onChanged,
}: {
  readonly filingId: string;
  readonly note: Note;
  readonly onChanged: (notes: Note[]) => void;
}) {
  const { t } = useTexts();
  const format = useFormat();
  const withdrawing = useAction();
  const { id: noteId, by, madeAt, withdrawnAt, confirmed, mine, text } = note;
  return (
    <li className={styles.word} data-withdrawn={withdrawnAt !== null || undefined}>
      <p className={styles.who}>
        {by} · {format.dateTime(madeAt)}
        {!confirmed && ` · ${t('note.waiting')}`}
      </p>
      <p className={styles.said}>{withdrawnAt === null ? text : <s>{text}</s>}</p>
      {withdrawnAt !== null && <p className={styles.who}>{t('note.withdrawn', { time: format.dateTime(withdrawnAt) })}</p>}
      {mine && (
        <Button
          variant="default"
          size="compact-md"
          loading={withdrawing.busy}
          onClick={() => void withdrawing.run(() => kense().note.withdraw({ filingId, noteId }), onChanged)}
        >
          {t('note.withdraw')}
        </Button>
      )}
      {withdrawing.failure && <FailureCard failure={withdrawing.failure} compact onClose={withdrawing.clear} />}
    </li>
  );
}
