import { ActionIcon, Button, Menu, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { QueueQuestion, SavedView } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureCard } from '../../ui/failure-card.tsx';
import { Icon } from '../../ui/icon.tsx';
import styles from './assign-dialog.module.css';

type Props = {
  readonly question: QueueQuestion;
  readonly onChoose: (question: QueueQuestion) => void;
  readonly onColumns: () => void;
  readonly onFilters: () => void;
};

/** What a person has saved: views with their filters and their order. */
export function SavedViewBar({ question, onChoose, onColumns, onFilters }: Props) {
  const { t } = useTexts();
  const views = useAnswer('saved-views', () => kense().queue.savedViews({}));
  const [opened, setOpened] = useState(false);
  const [naming, setNaming] = useState(false);
  useCommands('dialog', { 'app.back': () => setOpened(false) }, { on: opened });
  const drop = (id: string) =>
    void kense()
      .queue.dropView({ id })
      .then((result) => result.ok && views.replace(result.value));
  return (
    <>
      <Menu opened={opened} onChange={setOpened} closeOnEscape={false} position="bottom-end" width="20rem">
        <Menu.Target>
          <ActionIcon variant="default" size="2.4rem" aria-label={t('queue.savedViews')} title={t('queue.savedViews')}>
            <Icon name="settings" size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {views.value?.map((view) => (
            <Menu.Item key={view.id} onClick={() => onChoose(view.question)}>
              <bdi>{view.name}</bdi>
            </Menu.Item>
          ))}
          {views.value?.length === 0 && <Menu.Label>{t('queue.noSavedViews')}</Menu.Label>}
          <Menu.Divider />
          <Menu.Item onClick={() => setNaming(true)}>{t('queue.saveView')}</Menu.Item>
          {views.value?.map((view) => (
            <Menu.Item key={`drop ${view.id}`} leftSection={<Icon name="close" size={14} />} onClick={() => drop(view.id)}>
              {t('queue.dropView', { name: view.name })}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item onClick={onFilters}>{t('queue.filters')}</Menu.Item>
          <Menu.Item onClick={onColumns}>{t('queue.columns')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {naming && (
        <NameDialog
          question={question}
          onSaved={(saved) => {
            views.replace([...saved]);
            setNaming(false);
          }}
          onClose={() => setNaming(false)}
        />
      )}
    </>
  );
}

type NameProps = {
  readonly question: QueueQuestion;
  readonly onSaved: (views: readonly SavedView[]) => void;
  readonly onClose: () => void;
};

function NameDialog({ question, onSaved, onClose }: NameProps) {
  const { t } = useTexts();
  const [name, setName] = useState('');
  const saving = useAction();
  useCommands('dialog', { 'app.back': onClose }, { blocks: true });
  return (
    <Dialog title={t('queue.saveView')} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '')
            void saving.run(() => kense().queue.saveView({ id: crypto.randomUUID(), name: name.trim(), question }), onSaved);
        }}
      >
        <TextInput
          label={t('queue.viewName')}
          data-autofocus
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {saving.failure && <FailureCard failure={saving.failure} compact />}
        <div className={styles.actions} style={{ marginTop: '0.8rem' }}>
          <Button type="submit" loading={saving.busy} disabled={name.trim() === ''}>
            {t('queue.saveView')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
