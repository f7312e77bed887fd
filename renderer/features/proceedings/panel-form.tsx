import { Button } from '@mantine/core';
import type { ReactNode, Ref } from 'react';
import type { Failure } from '../../../shared/result.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { KeyCap } from '../../ui/key-cap.tsx';
import styles from './proceedings.module.css';

type Props = {
  readonly title: string;
  /** Id of the heading, for fields that are named by it too. */
  readonly titleId: string;
  readonly ref?: Ref<HTMLFormElement>;
  /** What the button says that sends the form. */
  readonly action: string;
  readonly busy: boolean;
  readonly failure: Failure | null;
  readonly onSubmit: () => void;
  /** Absent where the form is always there. */
  readonly onCancel?: () => void;
  readonly children: ReactNode;
};

/** A form of the panel beside the documents: sent with Ctrl+Enter, left with Esc; its fields say themselves what is wrong. */
export function PanelForm({ title, titleId, ref, action, busy, failure, onSubmit, onCancel, children }: Props) {
  const { t } = useTexts();
  useCommands('panel', { 'filing.register': onSubmit, ...(onCancel && { 'app.back': onCancel }) });
  return (
    <form
      ref={ref}
      className={styles.form}
      aria-labelledby={titleId}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <h3 id={titleId}>{title}</h3>
      {children}
      {failure && <FailureCard failure={failure} compact />}
      <div className={styles.actions}>
        <Button type="submit" loading={busy} aria-keyshortcuts="Control+Enter" rightSection={<KeyCap keys="Ctrl+Enter" tone="onPrimary" />}>
          {action}
        </Button>
        {onCancel && (
          <Button variant="default" onClick={onCancel} rightSection={<KeyCap keys="Esc" />}>
            {t('action.cancel')}
          </Button>
        )}
      </div>
    </form>
  );
}
