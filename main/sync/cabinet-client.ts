import { createHash } from 'node:crypto';
import type { z } from 'zod';
import {
  cabinetStatusSchema,
  LIMITS,
  REGISTRY_PATHS,
  submitAnswerSchema,
  uploadAnswerSchema,
  type CabinetStatus,
  type FilingFolder,
  type FilingSubmission,
} from '../../shared/registry/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { ask, askJson } from './ask.ts';
import { uploadResumably, type Asking } from './resumable-upload.ts';

/** The filer's side of the registry. A real registry asks for the cabinet's token; a training one is open. */
export type CabinetAccess = { readonly registryUrl: string; readonly token?: string };
export const headersOf = (access: CabinetAccess): Record<string, string> =>
  access.token ? { authorization: `Bearer ${access.token}` } : {};

export type SubmitInput = CabinetAccess & {
  readonly folder: FilingFolder;
  /** Bytes of a file that the folder names; null when there is none. */
  readonly read: (name: string) => Promise<Uint8Array | null>;
  /** The same key again answers what was answered first. */
  readonly idempotencyKey: string;
  /** Filled with what a broken line has left half sent, for the next attempt. */
  readonly places?: Map<string, string>;
};

/** Uploads the documents with their signatures and submits the filing. Errors: `file-unreadable` with the name, those of the registry. */
export async function submitFiling(input: SubmitInput): Promise<Result<z.output<typeof submitAnswerSchema>>> {
  const { documents, ...body } = input.folder;
  const uploaded: FilingSubmission['documents'] = [];
  for (const document of documents) {
    const file = await upload(input, document.file);
    if (!file.ok) return file;
    const signatures: FilingSubmission['documents'][number]['signatures'] = [];
    for (const name of document.signatures) {
      const signature = await upload(input, name);
      if (!signature.ok) return signature;
      signatures.push(signature.value);
    }
    uploaded.push({ role: document.role, title: document.title, ...file.value, signatures });
  }
  const submission: FilingSubmission = { ...body, documents: uploaded };
  const headers = { ...headersOf(input), 'idempotency-key': input.idempotencyKey };
  return askJson(input.registryUrl, REGISTRY_PATHS.cabinetFilings, { method: 'POST', headers, json: submission }, submitAnswerSchema);
}

async function upload(input: SubmitInput, name: string): Promise<Result<{ fileName: string; size: number; sha256: string }>> {
  const bytes = await input.read(name);
  if (!bytes) return fail('file-unreadable', { file: name });
  if (bytes.length > LIMITS.singleUploadBytes) return uploadLarge(input, name, bytes);
  const answer = await askJson(
    input.registryUrl,
    REGISTRY_PATHS.cabinetUpload,
    { method: 'POST', headers: headersOf(input), body: one(bytes) },
    uploadAnswerSchema,
  );
  if (!answer.ok) return answer;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return answer.value.sha256 === sha256 ? ok({ fileName: name, size: bytes.length, sha256 }) : fail('registry-answer-malformed');
}

async function uploadLarge(
  input: SubmitInput,
  name: string,
  bytes: Uint8Array,
): Promise<Result<{ fileName: string; size: number; sha256: string }>> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const { places = new Map<string, string>() } = input;
  const asking: Asking = (path, init) => {
    const { headers, ...rest } = init();
    return ask(input.registryUrl, path, { ...rest, headers: { ...headers, ...headersOf(input) } });
  };
  const source = { sha256, size: bytes.length, read: (offset: number) => one(bytes.subarray(offset)) };
  const sent = await uploadResumably(asking, REGISTRY_PATHS.cabinetUploads, source, {
    get: (hash) => places.get(hash) ?? null,
    set: (hash, place) => {
      if (place === null) places.delete(hash);
      else places.set(hash, place);
    },
  });
  return sent.ok ? ok({ fileName: name, size: bytes.length, sha256 }) : sent;
}

async function* one(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}

export function cabinetStatus(access: CabinetAccess, number: string): Promise<Result<CabinetStatus>> {
  return askJson(access.registryUrl, REGISTRY_PATHS.cabinetStatus(number), { headers: headersOf(access) }, cabinetStatusSchema);
}

export const cabinetTalon = (access: CabinetAccess, number: string) => cabinetPaper(access, REGISTRY_PATHS.cabinetTalon(number));
export const cabinetAct = (access: CabinetAccess, number: string, actId: string) =>
  cabinetPaper(access, REGISTRY_PATHS.cabinetAct(number, actId));

/** The bytes of a document of the cabinet's side. */
export async function cabinetPaper(access: CabinetAccess, path: string): Promise<Result<Uint8Array>> {
  const response = await ask(access.registryUrl, path, { headers: headersOf(access) });
  if (!response.ok) return response;
  try {
    return ok(new Uint8Array(await response.value.arrayBuffer()));
  } catch {
    return fail('registry-unreachable');
  }
}
