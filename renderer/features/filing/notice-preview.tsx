import { useEffect, useState } from 'react';
import type { Defect, Notice, Proposal } from '../../../shared/contract/index.ts';
import { kense, settle } from '../../api/kense.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import styles from './defects-panel.module.css';

type Props = { readonly filingId: string; readonly defects: readonly Defect[]; readonly proposal: Proposal | null };
/** A pause in typing after which the words are made anew. */
const PAUSE_MS = 200;

/** The words for the filer in both languages, as they would go now. */
export function NoticePreview({ filingId, defects, proposal }: Props) {
  const { t } = useTexts();
  const [open, setOpen] = useState(false);
  const [notice, setNotice] = useState<Notice | null>(null);
  const asked = JSON.stringify([defects, proposal]);
  useEffect(() => {
    if (!open) return;
    const [marked, wanted] = JSON.parse(asked) as [Defect[], Proposal | null];
    if (!wanted) return;
    let current = true;
    const timer = setTimeout(() => {
      void settle(kense().filing.notice({ id: filingId, defects: marked, proposal: wanted })).then((answer) => {
        if (current && answer.ok) setNotice(answer.value);
      });
    }, PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [open, asked, filingId]);
  return (
    <details className={styles.preview} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('defects.notice')}</summary>
      {proposal === null ? <p className={styles.hint}>{t('defects.choose')}</p> : notice && <NoticeText notice={notice} />}
    </details>
  );
}

export function NoticeText({ notice }: { readonly notice: Notice }) {
  const { t } = useTexts();
  return (
    <div className={styles.notice}>
      {(['kk', 'ru'] as const).map((language) => (
        <section key={language} aria-label={t(`language.${language}`)} lang={language}>
          <p>{notice[language]}</p>
        </section>
      ))}
    </div>
  );
}
