import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningRegistry } from '../../../registry/index.ts';
import { enrolDesk, sha256, signAssertion, type Desk } from '../../support/registry/desk.ts';
import { createDocumentedClient, type DocumentedClient } from '../../support/registry/documented-client.ts';
import { makeSubmission } from '../../support/registry/filer.ts';

const main = fileURLToPath(new URL('../../../registry/main.ts', import.meta.url));
const KILLS = 10;

type Filing = { id: string; cabinetNumber: string; key: string; documents: string[] };

describe('a registry killed at any instant', () => {
  let folder: string;
  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kense-registry-kill-'));
  });
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  async function startProcess(): Promise<{ child: ChildProcess; client: DocumentedClient; ready: RunningRegistry }> {
    const child = spawn(process.execPath, [main, '--data', folder], { stdio: ['ignore', 'pipe', 'ignore'] });
    const line = await new Promise<string>((resolve, reject) => {
      child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString()));
      child.once('exit', () => reject(new Error('the registry did not start')));
    });
    const ready = JSON.parse(line) as RunningRegistry;
    return { child, ready, client: createDocumentedClient(ready.url) };
  }

  it(`keeps all it has acknowledged, ${KILLS} times`, { timeout: 300_000 }, async () => {
    const acknowledged: Filing[] = [];
    const anchors: { id: string; entries: number }[] = [];
    const blocks: { first: number; last: number }[] = [];
    let desk: Desk | null = null;
    let sentAtDeath: { key: string; title: string } | null = null;

    for (let round = 0; round <= KILLS; round++) {
      const { child, client, ready } = await startProcess();
      const died = new Promise((resolve) => child.once('exit', resolve));
      if (desk === null) {
        const code = ready.courts[0]!.enrolmentCode;
        desk = await enrolDesk({ client, code, training: true, nowMs: Date.now() });
      }
      const assertion = await signAssertion(desk.key, desk.id, Date.now());
      const { accessToken: token } = (await client.call('takeToken', { json: { assertion } })).json as { accessToken: string };
      const submit = async (key: string, title: string): Promise<Filing> => {
        const { submission, files } = makeSubmission('9900', title);
        for (const file of files) await client.call('uploadToCabinet', { body: new Uint8Array(file) });
        const answer = await client.call('submitFiling', { json: submission, headers: { 'idempotency-key': key } });
        return { ...answer.json, key, documents: files.map(sha256) };
      };

      if (sentAtDeath !== null) acknowledged.push(await submit(sentAtDeath.key, sentAtDeath.title));
      await checkAll(client, token, { acknowledged, anchors, blocks });
      if (round === KILLS) {
        child.kill('SIGTERM');
        await died;
        return;
      }

      // works until the line goes dead; the kill comes after so many answers, in the middle of whatever follows
      let answers = 0;
      const killAfter = 3 + round * 2;
      const count = () => {
        if (++answers === killAfter) setImmediate(() => child.kill('SIGKILL'));
      };
      try {
        for (;;) {
          sentAtDeath = { key: randomUUID(), title: randomUUID() };
          acknowledged.push(await submit(sentAtDeath.key, sentAtDeath.title));
          sentAtDeath = null;
          count();
          const block = await client.call('leaseNumbers', {
            token,
            json: { requestId: randomUUID(), series: 'incoming', year: '26', typeIndex: '', size: 7 },
          });
          blocks.push(block.json);
          count();
          const anchor = { id: randomUUID(), entries: anchors.length + 1 };
          const command = { kind: 'journal.anchor', schemaVersion: 1, subject: 'journal', actor: null, at: new Date().toISOString() };
          const payload = { entries: anchor.entries, head: sha256(String(anchor.entries)) };
          const answer = await client.call('sendCommand', { token, json: { ...command, id: anchor.id, payload } });
          if (answer.json.outcome === 'applied') anchors.push(anchor);
          count();
        }
      } catch (error) {
        expect(error).toMatchObject({ message: expect.stringMatching(/fetch failed|terminated/) });
      }
      await died;
    }
  });

  async function checkAll(
    client: DocumentedClient,
    token: string,
    held: { acknowledged: Filing[]; anchors: { id: string; entries: number }[]; blocks: { first: number; last: number }[] },
  ): Promise<void> {
    const { items } = (await client.call('readFeed', { token, query: { limit: 500 } })).json as {
      items: { seq: number; kind: string; subject: string }[];
    };
    expect(items.map((item) => item.seq)).toEqual(items.map((_, index) => index + 1));
    const submitted = items.filter((item) => item.kind === 'filing.submitted').map((item) => item.subject);
    expect(submitted.sort()).toEqual(held.acknowledged.map((filing) => filing.id).sort());
    expect(new Set(held.acknowledged.map((filing) => filing.cabinetNumber)).size).toBe(held.acknowledged.length);
    for (const hash of held.acknowledged.slice(-4).flatMap((filing) => filing.documents)) {
      const { bytes } = await client.call('readDocument', { token, path: { sha256: hash } });
      expect(sha256(bytes)).toBe(hash);
    }
    const last = held.anchors.at(-1);
    if (last) {
      const command = { kind: 'journal.anchor', schemaVersion: 1, subject: 'journal', actor: null, at: new Date().toISOString() };
      const shorter = { entries: last.entries - 1, head: sha256(String(last.entries - 1)) };
      const answer = await client.call('sendCommand', { token, json: { ...command, id: randomUUID(), payload: shorter } });
      expect(answer.json.code).toBe('journal-rolled-back');
    }
    const used = held.blocks.flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, index) => first + index));
    expect(new Set(used).size).toBe(used.length);
  }
});
