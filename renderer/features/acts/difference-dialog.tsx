import type { ActVersionView } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { useDocumentBytes } from '../documents/use-document-bytes.ts';
import { PageDifferences } from './page-differences.tsx';

type Props = {
  readonly actId: string;
  readonly before: ActVersionView;
  readonly after: ActVersionView;
  readonly language: 'kk' | 'ru';
  readonly onClose: () => void;
};

/** What the later text has lost and gained against the earlier one. */
export function DifferenceDialog({ actId, before, after, language, onClose }: Props) {
  const { t } = useTexts();
  const open = (number: number) => () => kense().act.openVersion({ id: actId, number });
  const earlier = useDocumentBytes(`version/${actId}/${before.number}`, open(before.number));
  const later = useDocumentBytes(`version/${actId}/${after.number}`, open(after.number));
  useCommands('dialog', { 'app.back': onClose }, { blocks: true });
  const title = t('versions.between', { before: before.number, after: after.number });
  return (
    <Dialog title={title} onClose={onClose} tall>
      <PageDifferences before={earlier} after={later} language={language} label={title} />
    </Dialog>
  );
}
