import { kense } from '../../api/kense.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { PaperDialog } from '../documents/paper-dialog.tsx';

/** The summons of one person to a hearing. */
export function SummonsDialog({ summonsId, onClose }: { readonly summonsId: string; readonly onClose: () => void }) {
  const { t } = useTexts();
  return (
    <PaperDialog
      id={`summons/${summonsId}`}
      title={t('summons.paper')}
      saveLabel={t('summons.save')}
      open={() => kense().summons.open({ summonsId })}
      save={() => kense().summons.save({ summonsId })}
      print={{ paper: 'summons', id: summonsId }}
      onClose={onClose}
    />
  );
}
