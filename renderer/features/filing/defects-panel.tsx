import { Button, Textarea } from '@mantine/core';
import { useEffect, useId, useRef } from 'react';
import type { Defect, FilingDetail } from '../../../shared/contract/index.ts';
import type { Failure } from '../../../shared/result.ts';
import { digitOfPress } from '../../app/keys/match-key.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useOffice } from '../../app/office-context.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { KeyCap } from '../../ui/key-cap.tsx';
import { sayArticle } from './say-article.ts';
import styles from './defects-panel.module.css';

export type DefectNotes = ReadonlyMap<string, string>;
export const notesOf = (defects: readonly Defect[]): DefectNotes => new Map(defects.map((d) => [d.code, d.note ?? '']));

type Props = {
  readonly filing: FilingDetail;
  /** Code → note; kept by the owner, so that closing the panel loses nothing typed. */
  readonly notes: DefectNotes;
  readonly onNotes: (notes: DefectNotes) => void;
  readonly busy: boolean;
  readonly failure: Failure | null;
  readonly onSave: (defects: readonly Defect[]) => void;
  readonly onCancel: () => void;
};

/** Marks what is wrong, with a reason the applicant can act on. It proposes; the judge decides. */
export function DefectsPanel({ filing, notes, onNotes, busy, failure, onSave, onCancel }: Props) {
  const { t, named, language } = useTexts();
  const { reference } = useOffice();
  const titleId = useId();
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);

  const known = reference.defectCodes;
  const codes = [...known.map((d) => d.code), ...filing.defects.map((d) => d.code).filter((code) => !known.some((d) => d.code === code))];
  const toggle = (code: string) => {
    const next = new Map(notes);
    if (!next.delete(code)) next.set(code, '');
    onNotes(next);
  };
  const save = () => onSave(codes.filter((code) => notes.has(code)).map((code) => ({ code, note: notes.get(code)?.trim() || null })));
  const changed = notes.size > 0 || filing.defects.length > 0;

  useCommands('panel', {
    'app.back': onCancel,
    'filing.register': () => {
      if (changed) save();
    },
    'filing.defects': () => {},
    'filing.check': (event) => {
      const code = codes[(digitOfPress(event) ?? 0) - 1];
      if (code !== undefined) toggle(code);
    },
  });
  return (
    <section className={styles.panel} aria-labelledby={titleId} data-pane>
      <div className={styles.scroll} data-single-keys>
        <h2 id={titleId}>{t('defects.title')}</h2>
        <p className={styles.hint}>{t('defects.hint')}</p>
        <ul>
          {codes.map((code, at) => {
            const article = known.find((d) => d.code === code)?.article;
            const isMarked = notes.has(code);
            return (
              <li key={code} className={styles.item}>
                <label className={styles.label}>
                  {at < 9 && <KeyCap keys={String(at + 1)} />}
                  <input
                    ref={at === 0 ? first : undefined}
                    type="checkbox"
                    className={styles.box}
                    checked={isMarked}
                    aria-keyshortcuts={at < 9 ? String(at + 1) : undefined}
                    onChange={() => toggle(code)}
                  />
                  <span>
                    {named('returnReason', code)}
                    {article !== undefined && article !== '' && <span className={styles.article}>{sayArticle(article, language)}</span>}
                  </span>
                </label>
                {isMarked && (
                  <Textarea
                    className={styles.note}
                    label={t('return.fix')}
                    lang={filing.language}
                    autosize={false}
                    rows={2}
                    maxLength={2000}
                    spellCheck={false}
                    value={notes.get(code) ?? ''}
                    onChange={(event) => onNotes(new Map(notes).set(code, event.currentTarget.value))}
                  />
                )}
              </li>
            );
          })}
        </ul>
        {failure && <FailureCard failure={failure} compact />}
      </div>
      <div className={styles.actions}>
        <Button loading={busy} disabled={!changed} onClick={save} rightSection={<KeyCap keys="Ctrl+Enter" tone="onPrimary" />}>
          {notes.size === 0 && filing.defects.length > 0 ? t('defects.clear') : t('defects.save')}
        </Button>
        <Button variant="default" onClick={onCancel} rightSection={<KeyCap keys="Esc" />}>
          {t('action.cancel')}
        </Button>
        {!changed && <p className={styles.hint}>{t('defects.choose')}</p>}
      </div>
    </section>
  );
}
