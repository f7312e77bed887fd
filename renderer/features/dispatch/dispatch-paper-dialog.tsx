import type { DispatchPaper } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { PaperDialog } from '../documents/paper-dialog.tsx';

type Props = {
  readonly paper: DispatchPaper;
  /** Of the recipient for a letter, of the act for the rest. */
  readonly id: string;
  readonly onClose: () => void;
};

/** A paper that goes with a signed act, to look at and to save. */
export function DispatchPaperDialog({ paper, id, onClose }: Props) {
  const { t } = useTexts();
  return (
    <PaperDialog
      id={`dispatch/${paper}/${id}`}
      title={t(`dispatch.paper.${paper}`)}
      saveLabel={t('dispatch.savePaper')}
      open={() => kense().dispatch.openPaper({ paper, id })}
      save={() => kense().dispatch.savePaper({ paper, id })}
      print={{ paper, id }}
      onClose={onClose}
    />
  );
}
