import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** A registry seen through a door at which documents can be held back: they are said to be missing until they are let through. */
export class HeldDocuments {
  private readonly held = new Set<string>();
  private readonly server: http.Server;
  private readonly target: URL;

  constructor(registryUrl: string) {
    this.target = new URL(registryUrl);
    this.server = http.createServer((request, response) => this.pass(request, response));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  hold(sha256: string): void {
    this.held.add(sha256);
  }

  letThrough(): void {
    this.held.clear();
  }

  start(): Promise<void> {
    return new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private pass(request: http.IncomingMessage, response: http.ServerResponse): void {
    if (request.method === 'GET' && [...this.held].some((sha256) => request.url?.includes(sha256))) {
      response.writeHead(404, { 'content-type': 'application/problem+json' }).end('{"status":404,"code":"document-missing"}');
      return;
    }
    const { hostname, port } = this.target;
    const onward = http.request({ hostname, port, path: request.url, method: request.method, headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  }
}
