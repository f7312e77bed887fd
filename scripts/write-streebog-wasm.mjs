/**
 * Compiles scripts/streebog/absorb.as into main/signature/algorithms/streebog-wasm-code.ts, which is committed.
 * With --check it writes nothing and fails when the committed file is not what the source gives.
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import asc from 'assemblyscript/asc';

const root = path.resolve(import.meta.dirname, '..');
const target = path.join(root, 'main/signature/algorithms/streebog-wasm-code.ts');

const source = 'scripts/streebog/absorb.as';
const output = new Map();
const { error, stderr } = await asc.main(
  `${source}.ts -o absorb.wasm --runtime stub -O3 --noAssert --initialMemory 1 --maximumMemory 1`.split(' '),
  {
    // The compiler wants the ending of TypeScript, which this is not.
    readFile: (name) => (name === `${source}.ts` ? readFile(path.join(root, source), 'utf8') : null),
    writeFile: (name, contents) => void output.set(name, contents),
    listFiles: () => [],
  },
);
if (error) {
  process.stderr.write(stderr.toString());
  process.exit(1);
}
const lines = Buffer.from(output.get('absorb.wasm'))
  .toString('base64')
  .match(/.{1,128}/g);
const text = `/** Written by scripts/write-streebog-wasm.mjs from scripts/streebog/absorb.as; in base64. */
export const WASM =
${lines.map((line) => `  '${line}'`).join(' +\n')};
`;
if (process.argv.includes('--check')) {
  if ((await readFile(target, 'utf8')) !== text) {
    process.stderr.write('kense: streebog-wasm-code.ts does not come from its source\n');
    process.exit(1);
  }
} else await writeFile(target, text);
