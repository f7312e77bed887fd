import { useCallback, useEffect, useRef, useState } from 'react';
import type { OpenedDocument } from '../../../shared/contract/index.ts';
import { fail, type Failure, type Result } from '../../../shared/result.ts';
import { settle } from '../../api/kense.ts';

export type LoadedDocument = { readonly url: string; readonly bytes: Uint8Array; readonly contentType: string; readonly sha256: string };
type State = { readonly key: string; readonly document: LoadedDocument | null; readonly failure: Failure | null };

async function sha256Hex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Fetches the bytes behind an address that works once, and checks that they are the ones that were promised. */
async function load(open: () => Promise<Result<OpenedDocument>>, signal: AbortSignal): Promise<Result<LoadedDocument>> {
  const opened = await settle(open());
  if (!opened.ok) return opened;
  try {
    const answer = await fetch(opened.value.url, { signal });
    if (answer.status !== 200) return fail('document-unreadable');
    const bytes = new Uint8Array(await answer.arrayBuffer());
    if ((await sha256Hex(bytes)) !== opened.value.sha256) return fail('document-hash-mismatch');
    return { ok: true, value: { url: opened.value.url, bytes, contentType: opened.value.contentType, sha256: opened.value.sha256 } };
  } catch {
    return fail('document-unreadable');
  }
}

/** The document under `key`, loaded anew when the key changes; null keys load nothing. */
export function useDocumentBytes(key: string | null, open: () => Promise<Result<OpenedDocument>>) {
  const [state, setState] = useState<State>({ key: '', document: null, failure: null });
  const [attempt, setAttempt] = useState(0);
  const latestOpen = useRef(open);
  useEffect(() => {
    latestOpen.current = open;
  });
  useEffect(() => {
    if (key === null) return;
    const left = new AbortController();
    void load(() => latestOpen.current(), left.signal).then((result) => {
      if (left.signal.aborted) return;
      setState(result.ok ? { key, document: result.value, failure: null } : { key, document: null, failure: result.error });
    });
    return () => left.abort();
  }, [key, attempt]);
  const current = state.key === key ? state : null;
  return {
    document: current?.document ?? null,
    failure: current?.failure ?? null,
    retry: useCallback(() => {
      setState({ key: '', document: null, failure: null });
      setAttempt((n) => n + 1);
    }, []),
  };
}
