import { useState } from 'react';
import type { Anomaly, ChecklistItem, FilingDetail } from '../../../shared/contract/index.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Icon } from '../../ui/icon.tsx';
import { KeyCap } from '../../ui/key-cap.tsx';
import { StatusIcon } from '../../ui/status-icon.tsx';
import { SignatureCard } from '../signatures/signature-card.tsx';
import { worstProblem } from '../signatures/worst-first.ts';
import { ContentItems } from './content-items.tsx';
import { DutyLines } from './duty-lines.tsx';
import { FindingList } from './finding-list.tsx';
import styles from './checklist-panel.module.css';

type Props = {
  readonly filing: FilingDetail;
  readonly own: readonly ChecklistItem[];
  /** Null: the list is only shown. */
  readonly onMark: ((id: string, value: boolean) => void) | null;
  /** The check that is missing, after an attempt to register. */
  readonly missing: string | null;
  readonly onRecheck?: (() => void) | undefined;
  readonly rechecking: boolean;
  readonly onDefects?: (() => void) | undefined;
  readonly onOpenDocument: (id: string) => void;
  /** Null: findings are only shown. */
  readonly onAnswer: ((finding: Anomaly) => void) | null;
  readonly isHead: boolean;
  readonly onCompare: ((otherId: string) => void) | null;
};

/** The machine's checks and the person's own, visibly apart. */
export function ChecklistPanel(props: Props) {
  const { filing, own, onMark, missing, onRecheck, rechecking, onDefects, onOpenDocument, onAnswer, isHead, onCompare } = props;
  const { t, named } = useTexts();
  const auto = filing.checklist.filter((item) => item.auto);
  const failed = auto.filter((item) => !item.passed);
  const [opened, setOpened] = useState(false);
  const problem = worstProblem(filing.documents);
  /* What is wrong is said once, by the findings and the card above; the whole list is one press away. */
  const shown = opened ? auto : [];
  const fine = auto.length - failed.length + filing.contents.filter(({ state }) => state === 'there').length;
  const left = own.filter((item) => !item.passed).length;

  return (
    <div className={styles.panel}>
      {problem && (
        <SignatureCard
          entry={problem}
          lang={filing.language}
          nextRecheckAt={filing.nextRecheckAt}
          onRecheck={onRecheck}
          rechecking={rechecking}
          onDefects={onDefects}
          onOpenDocument={onOpenDocument}
          size="brief"
        />
      )}
      <section aria-label={t('check.auto')} data-single-keys>
        <button type="button" className={styles.summary} aria-expanded={opened} onClick={() => setOpened((o) => !o)}>
          <StatusIcon shape={filing.anomalies.length > 0 ? 'info' : 'ok'} />
          <span>{t('check.fine', { count: fine })}</span>
          <Icon name={opened ? 'down' : 'right'} size={14} />
        </button>
        {shown.length > 0 && (
          <ul className={styles.auto}>
            {shown.map((item) => (
              <li key={item.id}>
                <StatusIcon shape={item.passed ? 'ok' : 'warn'} size={16} />
                <span>{named(item.passed ? 'check' : 'checkFailed', item.id)}</span>
              </li>
            ))}
          </ul>
        )}
        {opened && <ContentItems items={filing.contents} />}
        {filing.anomalies.length > 0 && <FindingList filing={filing} onAnswer={onAnswer} isHead={isHead} onCompare={onCompare} />}
        {filing.duty && <DutyLines duty={filing.duty} />}
        {filing.dueAt !== null && filing.termEdition !== null && (
          <p className={styles.edition}>{t('filing.termEdition', { edition: filing.termEdition })}</p>
        )}
        {filing.links.map((link) => (
          <p key={link.id} className={styles.linked}>
            {t('finding.linked', { number: link.number, name: link.by })}
            {onCompare && (
              <button type="button" className={styles.link} onClick={() => onCompare(link.id)}>
                {t('finding.compare')}
              </button>
            )}
          </p>
        ))}
      </section>
      <section aria-label={t('check.yours')} data-single-keys>
        <div className={styles.ownHead}>
          <h2>{t('check.yours')}</h2>
          <span role="status" className={styles.left}>
            {left > 0 ? t('check.left', { count: left }) : t('check.allDone')}
          </span>
        </div>
        <ul>
          {own.map((item, at) => (
            <OwnCheck key={item.id} item={item} digit={at + 1} onMark={onMark} isMissing={item.id === missing} />
          ))}
        </ul>
      </section>
    </div>
  );
}

function OwnCheck({
  item,
  digit,
  onMark,
  isMissing,
}: {
  readonly item: ChecklistItem;
  readonly digit: number;
  readonly onMark: Props['onMark'];
  readonly isMissing: boolean;
}) {
  const { t, named } = useTexts();
  const format = useFormat();
  const who =
    item.passed && item.by !== null && item.at !== null ? t('check.by', { name: item.by, when: format.dateTime(item.at) }) : undefined;
  return (
    <li className={styles.own} data-missing={isMissing || undefined}>
      <label className={styles.label} title={who}>
        {digit <= 9 && <KeyCap keys={String(digit)} />}
        <input
          type="checkbox"
          className={styles.box}
          checked={item.passed}
          disabled={onMark === null}
          data-check={item.id}
          aria-keyshortcuts={digit <= 9 ? String(digit) : undefined}
          aria-describedby={isMissing ? `missing-${item.id}` : undefined}
          onChange={(event) => onMark?.(item.id, event.currentTarget.checked)}
        />
        <span>{named('check', item.id)}</span>
      </label>
      {isMissing && (
        <p id={`missing-${item.id}`} className={styles.missing} role="alert">
          {t('check.missing')}
        </p>
      )}
    </li>
  );
}
