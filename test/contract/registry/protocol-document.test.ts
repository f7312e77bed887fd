import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { StagedUploads } from '../../../registry/documents/staged-uploads.ts';
import { CONFLICT_CODES, REFUSAL_CODES } from '../../../registry/commands/command-answer.ts';
import type { Registry } from '../../../registry/http/context.ts';
import { PROBLEMS } from '../../../registry/http/problem.ts';
import { openApiPath } from '../../../registry/http/route-name.ts';
import { buildServer } from '../../../registry/http/server.ts';
import { COMMAND_KINDS, LIMITS, REGISTRY_PATHS } from '../../../shared/registry/index.ts';
import { documentedSchemas, operations, protocol } from '../../support/registry/documented-client.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { readFileSync } from 'node:fs';

const text = readFileSync(new URL('../../../docs/registry-protocol.yaml', import.meta.url), 'utf8');

/** `METHOD /path/{parameter}` of every route, read from the tree that the server prints. */
async function serverRoutes(): Promise<string[]> {
  const registry = { newId: () => 'id', uploads: new StagedUploads(tempDir()) } as unknown as Registry;
  const limits = { requestsPerSecond: 1, attemptsPerSecond: 1, trustedProxies: [] };
  const app = buildServer(registry, { ...limits, tls: null, readiness: { draining: false }, faults: null, log: () => undefined });
  await app.ready();
  const routes: string[] = [];
  const above: string[] = [];
  for (const line of app.printRoutes({ commonPrefix: false }).split('\n')) {
    const m = /^([│ ]*)[├└]── (\S+) \(([A-Z, ]+)\)$/.exec(line);
    if (!m) continue;
    const depth = m[1]!.length / 4;
    above[depth] = m[2]!;
    const path = openApiPath(above.slice(0, depth + 1).join(''));
    routes.push(...m[3]!.split(', ').map((method) => `${method} ${path}`));
  }
  await app.close();
  return routes.sort();
}

/** The JSON Schema of a documented component without references and prose. */
function resolve(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(resolve);
  if (typeof node !== 'object' || node === null) return node;
  const { $ref, allOf, description, ...rest } = node as { $ref?: string; allOf?: unknown[]; description?: string };
  if ($ref) return resolve(protocol.components.schemas[$ref.slice($ref.lastIndexOf('/') + 1)]);
  if (allOf) return allOf.map((part) => resolve(part) as { properties: object; required: string[] }).reduce(merge);
  if ('description' in rest || (description !== undefined && typeof description !== 'string'))
    throw new Error('a member named description');
  return Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, key === 'required' ? (value as string[]).toSorted() : resolve(value)]),
  );
}
const merge = (a: { properties: object; required: string[] }, b: { properties: object; required: string[] }) => ({
  ...a,
  properties: { ...a.properties, ...b.properties },
  required: [...a.required, ...b.required].toSorted(),
});

/** The JSON Schema of a schema in the code, without what the document leaves to formats and to the reader's numbers. */
function fromCode(schema: z.ZodType): unknown {
  return JSON.parse(JSON.stringify(z.toJSONSchema(schema)), function (this: Record<string, unknown>, key: string, value: unknown) {
    if (key === '$schema') return undefined;
    if (key === 'maximum' && value === Number.MAX_SAFE_INTEGER) return undefined;
    if (key === 'pattern' && (this['format'] === 'uuid' || this['format'] === 'date-time')) return undefined;
    if (key === 'additionalProperties' && typeof value === 'object') return undefined;
    return key === 'required' && Array.isArray(value) ? value.toSorted() : value;
  });
}

describe('docs/registry-protocol.yaml', () => {
  it('describes every route of the server and no other', async () => {
    expect(operations.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(await serverRoutes());
  });

  it('has every path that the desk uses', () => {
    const paths = Object.values(REGISTRY_PATHS).map((path) => (typeof path === 'string' ? path : path('1', '2')));
    for (const path of paths) {
      const pattern = Object.keys(protocol.paths).find((known) => new RegExp(`^${known.replace(/\{\w+\}/g, '[^/]+')}$`).test(path));
      expect(pattern, path).toBeDefined();
    }
  });

  it('gives every operation a name of its own', () => {
    const names = operations.map((operation) => operation.operationId);
    expect(new Set(names).size).toBe(names.length);
  });

  it('resolves every reference', () => {
    const references = [...text.matchAll(/\$ref: '#\/([^']+)'/g)].map((m) => m[1]!.split('/'));
    expect(references.length).toBeGreaterThan(100);
    for (const reference of references) {
      const found = reference.reduce<unknown>((node, step) => (node as Record<string, unknown> | undefined)?.[step], protocol);
      expect(found, reference.join('/')).toBeDefined();
    }
  });

  it.each(Object.keys(documentedSchemas))('describes %s as the code checks it', (name) => {
    expect(resolve(protocol.components.schemas[name])).toEqual(fromCode(documentedSchemas[name]!));
  });

  it('has no schema that the code does not know', () => {
    expect(Object.keys(protocol.components.schemas).sort()).toEqual(Object.keys(documentedSchemas).sort());
  });

  it('names every problem, command, conflict and refusal', () => {
    for (const code of Object.keys(PROBLEMS)) expect(text, code).toMatch(new RegExp(`(\`|\\s)${code}\``));
    for (const name of [...COMMAND_KINDS, ...CONFLICT_CODES, ...REFUSAL_CODES]) expect(text).toContain(`\`${name}\``);
  });

  it('states the limits of the code', () => {
    expect(text).toContain(`JSON bodies ${LIMITS.jsonBytes / 1024 / 1024} MiB`);
    expect(text).toContain(`documents ${LIMITS.wireDocumentBytes / 1024 / 1024} MiB`);
  });
});
