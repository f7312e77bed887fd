import { Checkbox, MantineProvider } from '@mantine/core';
import { useLayoutEffect, useRef, useState } from 'react';
import type { Settings, TornDocument } from '../../shared/contract/index.ts';
import { kense, settle } from '../api/kense.ts';
import { useAnswer } from '../api/use-answer.ts';
import { useEvent } from '../api/use-event.ts';
import { DocumentView } from '../features/documents/document-view.tsx';
import { FIRST_VIEW, type PdfView } from '../features/documents/pdf/pdf-viewer.tsx';
import { PrintProvider } from '../features/printing/print-context.tsx';
import { useTouch } from '../features/session/use-touch.ts';
import { showLanguage } from '../i18n/start-texts.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureCard } from '../ui/failure-card.tsx';
import { TrainingMark } from '../ui/training-mark.tsx';
import { windowTheme } from '../ui/theme/window-theme.ts';
import { applySettings } from './apply-settings.ts';
import { useColorScheme } from './use-color-scheme.ts';
import styles from './torn-window.module.css';

/** So often at most the desk hears that somebody reads here. */
const TELL_MS = 20_000;

/** One document in a window of its own; it goes along with the desk when it is told to, and shows nothing once the desk is locked. */
export function TornWindow({ settings: first, training }: { readonly settings: Settings; readonly training: boolean }) {
  const [settings, setSettings] = useState(first);
  useEvent('settingsChanged', (next) => {
    setSettings(next);
    void showLanguage(next.language);
  });
  useLayoutEffect(() => applySettings(settings), [settings]);
  const scheme = useColorScheme(settings.theme);
  const told = useRef(-TELL_MS);
  useTouch(() => {
    if (performance.now() - told.current < TELL_MS) return;
    told.current = performance.now();
    void settle(kense().torn.touch({}));
  });
  const answer = useAnswer('torn', () => kense().torn.get({}));
  useEvent('tornChanged', () => void answer.reload());
  useEvent('workChanged', () => void answer.reload());
  return (
    <MantineProvider theme={windowTheme} withCssVariables={false} withGlobalClasses={false} forceColorScheme={scheme}>
      {answer.failure ? <FailureCard failure={answer.failure} onRetry={() => void answer.reload()} /> : null}
      {answer.value && !answer.failure ? (
        <PrintProvider>
          <Shown torn={answer.value} training={training} />
        </PrintProvider>
      ) : null}
    </MantineProvider>
  );
}

function Shown({ torn, training }: { readonly torn: TornDocument; readonly training: boolean }) {
  const { t } = useTexts();
  const [views, setViews] = useState<Readonly<Record<string, PdfView>>>({});
  const { filingId, document: doc, language, number, claimant } = torn;
  const [follows, setFollows] = useState(torn.follows);
  const follow = (wanted: boolean): void => {
    setFollows(wanted);
    void settle(kense().torn.follow({ follows: wanted })).then((told) => told.ok || setFollows(!wanted));
  };
  return (
    <main className={styles.window}>
      <header className={styles.head}>
        <div className={styles.words}>
          <h1 lang={language}>{doc.title || doc.fileName}</h1>
          <p lang={language}>
            {claimant} · {number}
          </p>
        </div>
        {training && <TrainingMark />}
        <Checkbox label={t('torn.follow')} checked={follows} onChange={(event) => follow(event.currentTarget.checked)} />
      </header>
      <DocumentView
        key={`${doc.id}:${doc.state}:${doc.sha256}`}
        filingId={filingId}
        doc={doc}
        lang={language}
        view={views[doc.id] ?? FIRST_VIEW}
        onView={(view) => setViews((old) => ({ ...old, [doc.id]: view }))}
        takeFocus
        mayPrint={false}
      />
    </main>
  );
}
