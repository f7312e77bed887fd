import { Button } from '@mantine/core';
import type { JournalLine } from '../../../shared/contract/index.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useSession } from '../../app/session-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { sayDetails } from './say-details.ts';
import styles from './journal-screen.module.css';

/** A whole entry; from here to the filing that it is about, for those who may open one. */
export function EntryDialog({ line, onClose }: { readonly line: JournalLine; readonly onClose: () => void }) {
  const texts = useTexts();
  const { t, named } = texts;
  const format = useFormat();
  const { open } = useNavigation();
  const { activeRole } = useSession();
  useCommands('dialog', { 'app.back': onClose });
  const { seq, at, actor, action, subject, wiped } = line;
  const filing = subject !== null && subject.number !== null ? subject.id : null;
  const facts = [
    { name: t('journalView.at'), value: format.dateTime(at) },
    { name: t('journalView.person'), value: actor ?? t('history.program') },
    ...(subject === null ? [] : [{ name: t('journalView.subject'), value: subject.number ?? subject.id }]),
    ...sayDetails(line, texts, format),
    ...(wiped ? [{ name: t('journalView.wiped'), value: null }] : []),
  ];
  return (
    <Dialog title={t('journalView.entry', { seq, action: named('journal', action) })} onClose={onClose}>
      <dl className={styles.entry}>
        {facts.map(({ name, value }, n) => (
          <div key={n}>
            <dt>{name}</dt>
            <dd>{value ?? ''}</dd>
          </div>
        ))}
      </dl>
      {filing !== null && activeRole !== 'admin' ? (
        <Button data-autofocus onClick={() => open({ screen: 'filing', id: filing, neighbours: [] })}>
          {t('journalView.openFiling')}
        </Button>
      ) : (
        <Button data-autofocus variant="default" onClick={onClose}>
          {t('action.close')}
        </Button>
      )}
    </Dialog>
  );
}
