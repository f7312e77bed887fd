import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useCommands, type KeyLevel } from '../../app/keys/use-commands.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { KeyCap } from '../../ui/key-cap.tsx';
import { CONTENTS, guideLanguage, guidePage } from './guide-pages.ts';
import { GuideText, titleOf } from './guide-text.tsx';
import styles from './help-dialog.module.css';

type Props = {
  readonly screen: string;
  readonly onClose: () => void;
  /** Absent where there are no keys to list yet. */
  readonly onKeys?: () => void;
  /** Above what lies over the window; else as every dialog. */
  readonly level?: KeyLevel;
};

/** The guide beside the work: the page of the screen that is shown, and from there every other. */
export function HelpDialog({ screen, onClose, onKeys, level = 'dialog' }: Props) {
  const { t, language } = useTexts();
  const [seen, setSeen] = useState<readonly string[]>([screen]);
  const page = seen.at(-1) ?? CONTENTS;
  const spoken = guideLanguage(language);
  const markdown = guidePage(spoken, page) ?? guidePage(spoken, CONTENTS) ?? '';
  const back = () => (seen.length > 1 ? setSeen(seen.slice(0, -1)) : onClose());
  const go = (to: string) => setSeen([...seen, to]);
  const text = useRef<HTMLDivElement>(null);
  const shown = useRef(page);
  /* The link that was followed is gone: the new page is read from its beginning. */
  useEffect(() => {
    if (shown.current !== page) {
      text.current?.focus({ preventScroll: true });
      text.current?.closest('[role="dialog"]')?.scrollTo(0, 0);
    }
    shown.current = page;
  }, [page]);
  useCommands(level, { 'app.back': back, 'app.help': onClose, ...(onKeys ? { 'app.keys': onKeys } : {}) }, { blocks: true });
  return (
    <Dialog title={titleOf(markdown)} onClose={onClose}>
      <div ref={text} className={styles.help} lang={spoken} tabIndex={-1}>
        <GuideText markdown={markdown} onGo={go} />
        <div className={styles.actions}>
          {page !== CONTENTS && (
            <Button variant="default" onClick={() => go(CONTENTS)}>
              {t('help.contents')}
            </Button>
          )}
          {onKeys && (
            <Button variant="default" rightSection={<KeyCap keys="Ctrl+/" />} onClick={onKeys}>
              {t('keys.title')}
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  );
}
