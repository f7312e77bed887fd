import { ActionIcon } from '@mantine/core';
import { useTexts } from '../i18n/use-texts.ts';
import { Icon } from '../ui/icon.tsx';
import { useNavigation } from './navigation.tsx';

/** What Esc does, for the mouse: back to the list or the act this was opened from. */
export function BackButton() {
  const { t } = useTexts();
  const { back } = useNavigation();
  return (
    <ActionIcon variant="subtle" aria-label={t('action.back')} title={`${t('action.back')} (Esc)`} onClick={() => back()}>
      <Icon name="close" size={16} />
    </ActionIcon>
  );
}
