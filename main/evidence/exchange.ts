import { lookup } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { BlockList, isIPv6, type LookupFunction } from 'node:net';

/** Why an address gave nothing. */
export type ExchangeFault =
  'unreachable' | 'timeout' | 'private-address' | 'redirect-refused' | 'http-status' | 'too-large' | 'truncated' | 'not-http';

export type Exchange = {
  readonly url: URL;
  /** Sent by POST; without it the address is read by GET. */
  readonly post?: { readonly type: string; readonly body: Uint8Array };
  readonly accept: string;
  readonly maxBytes: number;
  /** Of the whole exchange, from the look-up of the name to the last octet. */
  readonly timeoutMs: number;
  readonly mayBePrivate: boolean;
  /** Ends the exchange at once. */
  readonly signal: AbortSignal;
};

export type Exchanged = { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly outcome: ExchangeFault };

/** The authority refuses an empty one. It says what asks, not who. */
const USER_AGENT = 'kense';
const PRIVATE_ADDRESS = 'KENSE_PRIVATE_ADDRESS';

/**
 * One HTTP/1.1 exchange with a server that is not trusted: no redirects, no cookies or credentials, no proxy, no connection kept. What
 * goes wrong is an outcome; nothing is thrown.
 */
export async function exchange(task: Exchange): Promise<Exchanged> {
  const deadline = AbortSignal.timeout(Math.max(1, Math.floor(task.timeoutMs)));
  const signal = AbortSignal.any([deadline, task.signal]);
  let answered = false;
  try {
    const response = await send(task, signal);
    answered = true;
    return await receive(task, response);
  } catch (error) {
    return { ok: false, outcome: deadline.aborted ? 'timeout' : faultOf(error, answered) };
  }
}

function send(task: Exchange, signal: AbortSignal): Promise<http.IncomingMessage> {
  const { url, post } = task;
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? https : http).request(url, {
      method: post ? 'POST' : 'GET',
      agent: false,
      headers: {
        'user-agent': USER_AGENT,
        accept: task.accept,
        'accept-encoding': 'identity',
        ...(post ? { 'content-type': post.type, 'content-length': post.body.length } : {}),
      },
      lookup: task.mayBePrivate ? lookup : lookupPublic,
      signal,
    });
    request.on('error', reject);
    request.on('response', resolve);
    request.end(post?.body);
  });
}

async function receive(task: Exchange, response: http.IncomingMessage): Promise<Exchanged> {
  const refuse = (outcome: ExchangeFault): Exchanged => {
    response.destroy();
    return { ok: false, outcome };
  };
  const status = response.statusCode ?? 0;
  if (status >= 300 && status < 400) return refuse('redirect-refused');
  if (status !== 200) return refuse('http-status');
  if (Number(response.headers['content-length'] ?? 0) > task.maxBytes) return refuse('too-large');
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    total += chunk.length;
    if (total > task.maxBytes) return refuse('too-large');
    chunks.push(chunk);
  }
  return response.complete ? { ok: true, bytes: Buffer.concat(chunks) } : refuse('truncated');
}

function faultOf(error: unknown, answered: boolean): ExchangeFault {
  const code = (error as { code?: unknown }).code;
  if (code === PRIVATE_ADDRESS) return 'private-address';
  if (answered) return 'truncated';
  return typeof code === 'string' && code.startsWith('HPE_') ? 'not-http' : 'unreachable';
}

/** A public name that leads into this machine or network is a trap, unless somebody named the host for that. */
const lookupPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, options, (error, address, family) => {
    const found = Array.isArray(address) ? address.map((item) => item.address) : [address];
    const trap = error === null && found.some(isPrivate);
    callback(trap ? Object.assign(new Error('private address'), { code: PRIVATE_ADDRESS }) : error, address, family);
  });
};

const PRIVATE = new BlockList();
for (const range of '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.168.0.0/16 198.18.0.0/15 224.0.0.0/3'.split(
  ' ',
)) {
  const [network, prefix] = range.split('/') as [string, string];
  PRIVATE.addSubnet(network, Number(prefix), 'ipv4');
}
for (const range of '::/127 64:ff9b::/96 fc00::/7 fe80::/10 ff00::/8'.split(' ')) {
  const [network, prefix] = range.split('/') as [string, string];
  PRIVATE.addSubnet(network, Number(prefix), 'ipv6');
}

/** Addresses of this machine, of private networks, of links, groups and translations (RFC 6890). */
export const isPrivate = (address: string): boolean => PRIVATE.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
