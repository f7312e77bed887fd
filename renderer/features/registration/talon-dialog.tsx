import { kense } from '../../api/kense.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { PaperDialog } from '../documents/paper-dialog.tsx';

/** The registration talon of a filing. */
export function TalonDialog({ filingId, onClose }: { readonly filingId: string; readonly onClose: () => void }) {
  const { t } = useTexts();
  return (
    <PaperDialog
      id={`talon/${filingId}`}
      title={t('talon.title')}
      saveLabel={t('talon.save')}
      open={() => kense().talon.open({ filingId })}
      save={() => kense().talon.save({ filingId })}
      print={{ paper: 'talon', id: filingId }}
      keys={{ 'filing.talon': () => {} }}
      onClose={onClose}
    />
  );
}
