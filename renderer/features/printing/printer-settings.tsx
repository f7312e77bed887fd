import { Button, Radio, Switch } from '@mantine/core';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useOffice } from '../../app/office-context.tsx';
import { useSession } from '../../app/session-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { usePrinting } from './print-context.tsx';
import styles from './printer-settings.module.css';

const NONE = '';

/** The printer of this desk, whether it is used without asking, and what still waits for one. */
export function PrinterSettings() {
  const { t } = useTexts();
  const { settings, changeSettings } = useOffice();
  const { activeRole } = useSession();
  const printers = useAnswer('printers', () => kense().print.printers({}));
  const found = printers.value ?? [];
  const { printer } = settings;
  const isGone = printer !== null && printers.value !== null && found.every(({ name }) => name !== printer);
  return (
    <>
      <Radio.Group
        className={styles.row}
        label={t('settings.printer')}
        value={printer ?? NONE}
        onChange={(name) =>
          changeSettings(name === NONE ? { printer: null, printSilently: false } : { printer: name, printSilently: settings.printSilently })
        }
      >
        <div className={styles.options}>
          <Radio value={NONE} label={t('settings.printerNone')} />
          {found.map(({ name, title }) => (
            <Radio key={name} value={name} label={title} />
          ))}
          {isGone && <Radio value={printer} label={t('settings.printerGone', { printer })} />}
        </div>
        {printers.value?.length === 0 && <p className={styles.note}>{t('settings.noPrinters')}</p>}
      </Radio.Group>
      {printers.failure && <FailureCard failure={printers.failure} compact onRetry={() => void printers.reload()} />}
      <Switch
        className={styles.row}
        label={t('settings.printSilently')}
        checked={settings.printSilently}
        disabled={printer === null}
        onChange={(event) => changeSettings({ printSilently: event.currentTarget.checked })}
      />
      {activeRole !== 'admin' && <WaitingPapers />}
    </>
  );
}

/** What this person asked for and no printer took. */
function WaitingPapers() {
  const { t } = useTexts();
  const format = useFormat();
  const { print, busy, outcome } = usePrinting();
  const waiting = useAnswer(`print.waiting:${outcome?.printed ?? ''}:${outcome?.savedAs ?? ''}`, () => kense().print.waiting({}));
  const dropping = useAction();
  if (!waiting.value || waiting.value.length === 0) return null;
  return (
    <section className={styles.row} aria-label={t('print.waiting')}>
      <h2 className={styles.heading}>{t('print.waiting')}</h2>
      <ul className={styles.list}>
        {waiting.value.map(({ paper, id, fileName, askedAt, problem }) => (
          <li key={`${paper}/${id}`} className={styles.paper}>
            <span className={styles.name}>
              {fileName}
              <span className={styles.note}>
                {' '}
                {format.dateTime(askedAt)} · {t(`print.problem.${problem}`)}
              </span>
            </span>
            <Button variant="default" size="compact-md" loading={busy} onClick={() => print({ paper, id })}>
              {t('print.action')}
            </Button>
            <Button
              variant="default"
              size="compact-md"
              loading={dropping.busy}
              onClick={() => void dropping.run(() => kense().print.drop({ paper, id }), waiting.replace)}
            >
              {t('print.drop')}
            </Button>
          </li>
        ))}
      </ul>
      {dropping.failure && <FailureCard failure={dropping.failure} compact onClose={dropping.clear} />}
    </section>
  );
}
