import { FailureCard } from '../ui/failure-card.tsx';
import { useNotKept } from './use-keeping.ts';

/** What is typed is still in the window, but would be lost with it. */
export function NotKeptNote() {
  const failure = useNotKept();
  return failure && <FailureCard failure={failure} />;
}
