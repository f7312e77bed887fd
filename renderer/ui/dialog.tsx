import { Modal } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { pickClasses } from './pick-classes.ts';
import styles from './dialog.module.css';

type Props = {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** As high as the window allows, the children fill it; else as high as the children. */
  readonly tall?: boolean;
  /** What it has begun cannot be called back from here: it is not closed before that is over. */
  readonly busy?: boolean;
};

/** At once: the library does it a moment later, and what is typed meanwhile would be lost. */
const focusFirst = (content: HTMLElement | null): void => content?.querySelector<HTMLElement>('[data-autofocus]')?.focus();

/** Of each open dialog, the newest last: where the focus was before, then where it was before those below. */
const opened: (readonly Element[])[] = [];

/** The focus comes back when nothing else has taken it; past a dialog that has gone too. */
function useFocusBack(): void {
  const [before] = useState(() => [document.activeElement, ...(opened.at(-1) ?? [])].filter((each) => each !== null));
  useEffect(() => {
    opened.push(before);
    return () => {
      opened.splice(opened.indexOf(before), 1);
      requestAnimationFrame(() => {
        if (document.activeElement !== document.body) return;
        const place = before.find((each) => each instanceof HTMLElement && each.isConnected && each !== document.body);
        if (place instanceof HTMLElement) place.focus();
      });
    };
  }, [before]);
}

/** A dialog over the window. Esc is heard by its owner through the key map; the focus comes back on closing. */
export function Dialog({ title, onClose, children, tall = false, busy = false }: Props) {
  const { t } = useTexts();
  useFocusBack();
  return (
    <Modal.Root
      opened
      onClose={busy ? () => undefined : onClose}
      size="60rem"
      closeOnEscape={false}
      lockScroll={false}
      transitionProps={{ duration: 0 }}
      // a class of Modal.Content itself would also reach the layer around it
      classNames={pickClasses(styles, { inner: 'room', content: 'dialog' })}
    >
      <Modal.Overlay backgroundOpacity={0.45} />
      <Modal.Content ref={focusFirst} data-tall={tall || undefined}>
        <div className={styles.head}>
          <Modal.Title className={styles.title}>{title}</Modal.Title>
          <Modal.CloseButton className={styles.close} aria-label={t('action.close')} disabled={busy} />
        </div>
        <Modal.Body className={styles.body}>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
