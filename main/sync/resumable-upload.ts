import { fail, ok, type Result } from '../../shared/result.ts';
import type { AskInit } from './ask.ts';

/** Bytes that can be read from any place on. */
export type UploadSource = { readonly sha256: string; readonly size: number; read(offset: number): AsyncIterable<Uint8Array> };
/** Where the registry keeps an upload that has begun or is done, by the SHA-256 of its bytes. */
export type UploadPlaces = { get(sha256: string): string | null; set(sha256: string, place: string | null): void };
/** One request with whatever lets it in; the body is made anew when it has to be sent again. */
export type Asking = (path: string, init: () => Omit<AskInit, 'silenceMs' | 'dispatcher'>) => Promise<Result<Response>>;

/** Attempts in a row of which none brought the upload forward. */
const FRUITLESS_ATTEMPTS = 2;
const TUS = { 'tus-resumable': '1.0.0' };

/**
 * Sends a document by tus 1.0.0 and goes on where an earlier attempt broke off, also one before a restart. Ok means that the registry
 * holds it. A registry without uploads answers `registry-refused` with status 404.
 */
export async function uploadResumably(ask: Asking, path: string, source: UploadSource, places: UploadPlaces): Promise<Result<null>> {
  let reached = -1;
  let fruitless = 0;
  for (;;) {
    const known = places.get(source.sha256);
    const place = known === null ? await begin(ask, path, source) : ok(known);
    if (!place.ok) return place;
    if (known === null) places.set(source.sha256, place.value);
    const offset = known === null ? ok(0) : await offsetOf(ask, place.value, source.size);
    if (!offset.ok) {
      if (!isGone(offset)) return offset;
      places.set(source.sha256, null); // the registry has forgotten it
      continue;
    }
    if (offset.value === source.size) return ok(null);
    fruitless = offset.value > reached ? 0 : fruitless + 1;
    reached = offset.value;
    const sent = await sendRest(ask, place.value, source, offset.value);
    if (sent.ok) return sent;
    const { status } = sent.error.params ?? {};
    if (status === 422 || status === 413) places.set(source.sha256, null);
    const mayGoOn = status === 404 || status === 409 || (sent.error.code === 'registry-unreachable' && status === undefined);
    if (!mayGoOn || fruitless >= FRUITLESS_ATTEMPTS) return sent;
  }
}

const isGone = (result: Result<unknown>) => !result.ok && [404, 410].includes(Number(result.error.params?.['status']));

async function begin(ask: Asking, path: string, { sha256, size }: UploadSource): Promise<Result<string>> {
  const metadata = `sha256 ${Buffer.from(sha256).toString('base64')}`;
  const answer = await ask(path, () => ({
    method: 'POST',
    headers: { ...TUS, 'upload-length': String(size), 'upload-metadata': metadata },
  }));
  if (!answer.ok) return answer;
  const location = answer.value.headers.get('location');
  const base = 'http://registry';
  const place = location !== null && URL.canParse(location, base + path) ? new URL(location, base + path).pathname : null;
  return place?.startsWith(`${path}/`) ? ok(place) : fail('registry-answer-malformed');
}

async function offsetOf(ask: Asking, place: string, size: number): Promise<Result<number>> {
  const answer = await ask(place, () => ({ method: 'HEAD', headers: TUS }));
  return answer.ok ? readOffset(answer.value, size) : answer;
}

async function sendRest(ask: Asking, place: string, source: UploadSource, offset: number): Promise<Result<null>> {
  const answer = await ask(place, () => ({
    method: 'PATCH',
    headers: { ...TUS, 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) },
    body: source.read(offset),
  }));
  if (!answer.ok) return answer;
  const reached = readOffset(answer.value, source.size);
  if (!reached.ok) return reached;
  return reached.value === source.size ? ok(null) : fail('registry-unreachable'); // it took a part; the next attempt goes on
}

function readOffset(answer: Response, size: number): Result<number> {
  const text = answer.headers.get('upload-offset') ?? '';
  return /^\d{1,15}$/.test(text) && Number(text) <= size ? ok(Number(text)) : fail('registry-answer-malformed');
}
