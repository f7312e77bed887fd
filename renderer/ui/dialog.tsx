import { Modal } from '@mantine/core';
import { useCallback, type ReactNode } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { pickClasses } from './pick-classes.ts';
import { useFocusBack } from './use-focus-back.ts';
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

/** A dialog over the window. Esc is heard by its owner through the key map; the focus comes back on closing. */
export function Dialog({ title, onClose, children, tall = false, busy = false }: Props) {
  const { t } = useTexts();
  const fromHere = useFocusBack();
  const content = useCallback(
    (element: HTMLElement | null) => {
      fromHere(element);
      // at once: the library does it a moment later, and what is typed meanwhile would be lost
      element?.querySelector<HTMLElement>('[data-autofocus]')?.focus();
    },
    [fromHere],
  );
  return (
    <Modal.Root
      opened
      onClose={busy ? () => undefined : onClose}
      size="60rem"
      closeOnEscape={false}
      lockScroll={false}
      returnFocus={false}
      transitionProps={{ duration: 0 }}
      // a class of Modal.Content itself would also reach the layer around it
      classNames={pickClasses(styles, { inner: 'room', content: 'dialog' })}
    >
      <Modal.Overlay backgroundOpacity={0.45} />
      <Modal.Content ref={content} data-over-window data-tall={tall || undefined}>
        <div className={styles.head}>
          <Modal.Title className={styles.title}>{title}</Modal.Title>
          <Modal.CloseButton className={styles.close} aria-label={t('action.close')} disabled={busy} />
        </div>
        <Modal.Body className={styles.body}>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
