import type { FilingSubmission } from '../../../shared/registry/index.ts';
import { sha256 } from './desk.ts';
import type { DocumentedClient } from './documented-client.ts';

/** A claim with one document and its signature; `title` makes its bytes its own. */
export function makeSubmission(court: string, title: string, more: Partial<FilingSubmission> = {}) {
  const document = Buffer.from(`%PDF-1.7 ${title}`);
  const signature = Buffer.from(`signature of ${title}`);
  const submission: FilingSubmission = {
    court,
    kind: 'claim',
    language: 'kk',
    parties: [{ side: 'claimant', type: 'person', iin: '870131400012', name: 'Әлия Қуанышқызы Өмірбекова' }],
    documents: [
      {
        role: 'claim',
        title,
        fileName: 'talap.pdf',
        size: document.length,
        sha256: sha256(document),
        signatures: [{ fileName: 'talap.pdf.p7s', size: signature.length, sha256: sha256(signature) }],
      },
    ],
    ...more,
  };
  return { submission, files: [document, signature] };
}

/** Uploads and submits it as the cabinet does. */
export async function submitFiling(
  client: DocumentedClient,
  court: string,
  title: string,
  more: Partial<FilingSubmission> = {},
): Promise<{ id: string; cabinetNumber: string; receivedAt: string }> {
  const { submission, files } = makeSubmission(court, title, more);
  for (const file of files) await client.call('uploadToCabinet', { body: new Uint8Array(file) });
  const answer = await client.call('submitFiling', { json: submission });
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.json));
  return answer.json;
}
