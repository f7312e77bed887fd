import { questionBehind, type Behind } from '../../../shared/domain/board-questions.ts';
import type { Board } from '../../../shared/contract/index.ts';
import { useNavigation } from '../../app/navigation.tsx';

/** Opens the list behind a number; what is registered has a screen of its own. */
export function useBehind(board: Board): (behind: Behind) => void {
  const { open } = useNavigation();
  return (behind) => {
    const { view, filter = {} } = questionBehind(board, behind);
    const narrowed = Object.keys(filter).length > 0 && { filter };
    if (view === 'registered') open({ screen: 'registered', ...narrowed });
    else open({ screen: 'queue', view, ...narrowed });
  };
}
