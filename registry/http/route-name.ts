import type { FastifyRequest } from 'fastify';

/** The path pattern as the OpenAPI document writes it, such as `/v1/documents/{sha256}`; never the path itself, which names people's things. */
export function routeOf(request: FastifyRequest): string {
  return openApiPath(request.routeOptions.url ?? 'none');
}

export function openApiPath(pattern: string): string {
  return pattern.replace(/:(\w+)/g, '{$1}');
}
