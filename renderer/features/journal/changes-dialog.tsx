import { useCommands } from '../../app/keys/use-commands.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ChangeList } from '../administration/change-list.tsx';

/** What the administrators changed, for the head of office, to whom their screen is closed. */
export function ChangesDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTexts();
  useCommands('dialog', { 'app.back': onClose });
  return (
    <Dialog title={t('administration.changes.title')} onClose={onClose}>
      <ChangeList />
    </Dialog>
  );
}
