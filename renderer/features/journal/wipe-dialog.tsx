import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { ExpiredView } from '../../../shared/contract/index.ts';
import { ok, type Failure } from '../../../shared/result.ts';
import { kense, settle } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureCard } from '../../ui/failure-card.tsx';

/** What is beyond its term, seen before it goes; it goes with a written reason and stays told in the journal. */
export function WipeDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTexts();
  useCommands('dialog', { 'app.back': onClose });
  // null is an answer too: until it is here, the journal is being counted
  const answer = useAnswer('journal-expired', async () => {
    const told = await kense().journal.expired({});
    return told.ok ? ok({ expired: told.value }) : told;
  });
  const [asked, setAsked] = useState(false);
  const expired = answer.value?.expired ?? null;
  return (
    <Dialog title={t('wipe.title')} onClose={onClose}>
      {answer.failure && <FailureCard failure={answer.failure} onRetry={() => void answer.reload()} compact />}
      <div role="status">
        {!answer.failure && expired === null && <p>{t(answer.value === null ? 'wipe.counting' : 'wipe.unconfirmed')}</p>}
        {expired !== null && !asked && nothingIn(expired) && <p>{t('wipe.none')}</p>}
      </div>
      {expired !== null && (asked || !nothingIn(expired)) && (
        <Expired
          expired={expired}
          onDone={() => {
            setAsked(true);
            void answer.reload();
          }}
          onChanged={answer.reload}
        />
      )}
    </Dialog>
  );
}

const isStale = (failure: Failure | null): boolean => failure?.code === 'stale-revision';
const nothingIn = ({ journal, drafts, reports, filings }: ExpiredView) =>
  journal.entries + drafts.count + reports.count + filings.count === 0;

function Expired({
  expired: { terms, journal, drafts, reports, filings },
  onDone,
  onChanged,
}: {
  readonly expired: ExpiredView;
  readonly onDone: () => void;
  /** Other things are beyond their term than those that were seen. */
  readonly onChanged: () => Promise<void>;
}) {
  const { t } = useTexts();
  const { date, dateTime } = useFormat();
  const [reason, setReason] = useState('');
  const [done, setDone] = useState<{ entries: number; drafts: number; reports: number; filings: number } | null>(null);
  const wiping = useAction();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() === '') return;
        void wiping.run(
          async () => {
            const seen = { entries: journal.entries, drafts: drafts.count, reports: reports.count, filings: filings.count };
            const wiped = await settle(kense().journal.wipe({ ...seen, reason }));
            if (isStale(wiped.ok ? null : wiped.error)) await onChanged();
            return wiped;
          },
          (wiped) => {
            setDone(wiped);
            onDone();
          },
        );
      }}
    >
      <p>{t('wipe.journal', { years: terms.journalYears, before: dateTime(journal.before), entries: journal.entries })}</p>
      <p>{t('wipe.drafts', { months: terms.draftMonths, before: dateTime(drafts.before), count: drafts.count })}</p>
      <p>{t('wipe.reports', { years: terms.reportYears, before: dateTime(reports.before), count: reports.count })}</p>
      <p>
        {t('wipe.filings', { years: terms.filingYears, count: filings.count })}
        {filings.oldest !== null &&
          filings.newest !== null &&
          ` ${t('wipe.filingDays', { oldest: date(filings.oldest), newest: date(filings.newest) })}`}
      </p>
      <p>{t('wipe.filingsGo')}</p>
      {done === null && (
        <>
          <Textarea
            data-autofocus
            label={t('wipe.reason')}
            required
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Button mt="sm" type="submit" loading={wiping.busy}>
            {t('wipe.do')}
          </Button>
        </>
      )}
      {wiping.failure &&
        (isStale(wiping.failure) ? <p role="alert">{t('wipe.changed')}</p> : <FailureCard failure={wiping.failure} compact />)}
      <p role="status">{done && t('wipe.done', done)}</p>
    </form>
  );
}
