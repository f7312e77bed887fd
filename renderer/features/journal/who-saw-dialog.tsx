import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { PersonSeen } from '../../../shared/contract/index.ts';
import { REPORT_FORMATS } from '../../../shared/domain/oversight.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureCard } from '../../ui/failure-card.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import look from '../../ui/list-screen.module.css';
import styles from './journal-screen.module.css';

/** Who had a person's data before them on this desk: the first thing that is asked after a breach. */
export function WhoSawDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTexts();
  const [person, setPerson] = useState('');
  /** The answer stays that of the question: another name may stand in the field by now. */
  const [answer, setAnswer] = useState<{ readonly person: string; readonly seen: PersonSeen } | null>(null);
  const asking = useAction();
  useCommands('dialog', { 'app.back': onClose });
  const ask = () => {
    if (person.trim().length < 2) return;
    void asking.run(
      () => kense().journal.whoSaw({ person }),
      (seen) => setAnswer({ person: person.trim(), seen }),
    );
  };
  return (
    <Dialog title={t('whoSaw.title')} onClose={onClose}>
      <form
        className={look.question}
        onSubmit={(event) => {
          event.preventDefault();
          ask();
        }}
      >
        <TextInput
          data-autofocus
          className={styles.choice ?? ''}
          label={t('whoSaw.person')}
          description={t('whoSaw.hint')}
          maxLength={400}
          value={person}
          onChange={(event) => setPerson(event.currentTarget.value)}
        />
        <Button type="submit" loading={asking.busy}>
          {t('whoSaw.ask')}
        </Button>
      </form>
      {asking.failure && <FailureCard failure={asking.failure} compact />}
      <div role="status">{answer && <Found person={answer.person} seen={answer.seen} />}</div>
      {answer && answer.seen.people.length > 0 && (
        <>
          <SaveSeen key={answer.person} person={answer.person} />
          <SeenTable seen={answer.seen} />
        </>
      )}
    </Dialog>
  );
}

function Found({ person, seen }: { readonly person: string; readonly seen: PersonSeen }) {
  const { t } = useTexts();
  return <p className={styles.asked}>{t('whoSaw.found', { person, filings: seen.filings.length, people: seen.people.length })}</p>;
}

/** Every entry as a file, for those who have to answer within a day. */
function SaveSeen({ person }: { readonly person: string }) {
  const { t, language } = useTexts();
  const saving = useAction();
  const [saved, setSaved] = useState<string | null>(null);
  return (
    <div className={styles.acts}>
      {REPORT_FORMATS.map((format) => (
        <Button
          key={format}
          variant="default"
          loading={saving.busy}
          onClick={() =>
            void saving.run(
              () => kense().journal.saveSeen({ person, format, language: language === 'kk' ? 'kk' : 'ru' }),
              (done) => setSaved(done ? format : null),
            )
          }
        >
          {t('report.saveAs', { format: format.toUpperCase() })}
        </Button>
      ))}
      <span role="status">{saved && t('report.saved', { format: saved.toUpperCase() })}</span>
      {saving.failure && <FailureCard failure={saving.failure} compact />}
    </div>
  );
}

function SeenTable({ seen }: { readonly seen: PersonSeen }) {
  const { t } = useTexts();
  const { dateTime } = useFormat();
  return (
    <ScrollRegion label={t('whoSaw.title')} className="">
      <p>
        {t('whoSaw.filings')}: {seen.filings.map(({ number }) => number).join(', ')}
      </p>
      <table className={styles.seen}>
        <thead>
          <tr>
            <th scope="col">{t('journalView.person')}</th>
            <th scope="col">{t('whoSaw.entries')}</th>
            <th scope="col">{t('whoSaw.taken')}</th>
            <th scope="col">{t('whoSaw.tables')}</th>
            <th scope="col">{t('whoSaw.first')}</th>
            <th scope="col">{t('whoSaw.last')}</th>
          </tr>
        </thead>
        <tbody>
          {seen.people.map(({ name, entries, taken, tables, first, last }, line) => (
            <tr key={line}>
              <th scope="row">{name ?? t('history.program')}</th>
              <td className={styles.number}>{entries}</td>
              <td className={styles.number}>{taken}</td>
              <td className={styles.number}>{tables}</td>
              <td>{dateTime(first)}</td>
              <td>{dateTime(last)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
