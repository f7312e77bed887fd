import { createContext, use, useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { SyncStatus } from '../../../shared/contract/index.ts';
import { kense, settle } from '../../api/kense.ts';
import { useEvent } from '../../api/use-event.ts';

type Sync = { readonly status: SyncStatus | null; readonly put: (status: SyncStatus) => void; readonly syncNow: () => void };
const SyncContext = createContext<Sync | null>(null);

export function useSync(): Sync {
  const sync = use(SyncContext);
  if (!sync) throw new Error('no sync');
  return sync;
}

export function SyncProvider({ children }: { readonly children: ReactNode }) {
  const [status, setStatus] = useState<SyncStatus | null>(null);
  useEvent('syncChanged', setStatus);
  useEffect(() => {
    let here = true;
    void settle(kense().sync.status({})).then((result) => {
      if (here && result.ok) setStatus((newer) => newer ?? result.value);
    });
    return () => {
      here = false;
    };
  }, []);
  const syncNow = useCallback(() => {
    void settle(kense().sync.now({})).then((result) => {
      if (result.ok) setStatus(result.value);
    });
  }, []);
  const sync = useMemo(() => ({ status, put: setStatus, syncNow }), [status, syncNow]);
  return <SyncContext value={sync}>{children}</SyncContext>;
}
