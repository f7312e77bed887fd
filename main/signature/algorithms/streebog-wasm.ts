import { absorbInScript, BLOCK, STATE_WORDS, type Absorb } from './streebog.ts';
import { CONSTANTS, TABLE } from './streebog-tables.ts';
import { WASM } from './streebog-wasm-code.ts';

/** Where the compiled code looks, in octets; scripts/streebog/absorb.as has the same numbers. */
const AT = { table: 0, constants: 16_384, state: 17_152, data: 32_768 };
const DATA_BLOCKS = 512;

/** The block loop compiled to WebAssembly, about three times as fast; null where the runtime does not run it. */
export const absorbInWasm: Absorb | null = instantiate();
export const fastestAbsorb: Absorb = absorbInWasm ?? absorbInScript;

function instantiate(): Absorb | null {
  let exports: { readonly memory: WebAssembly.Memory; absorb(blocks: number): void };
  try {
    exports = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(WASM, 'base64'))).exports as typeof exports;
  } catch {
    return null;
  }
  const { buffer } = exports.memory;
  new Int32Array(buffer, AT.table, TABLE.length).set(TABLE);
  new Int32Array(buffer, AT.constants, CONSTANTS.length).set(CONSTANTS);
  const stateInside = new Int32Array(buffer, AT.state, STATE_WORDS);
  const dataInside = new Uint8Array(buffer, AT.data, DATA_BLOCKS * BLOCK);
  return (state, data, blocks) => {
    stateInside.set(state);
    for (let done = 0; done < blocks; done += DATA_BLOCKS) {
      const some = Math.min(DATA_BLOCKS, blocks - done);
      dataInside.set(data.subarray(done * BLOCK, (done + some) * BLOCK));
      exports.absorb(some);
    }
    state.set(stateInside);
  };
}
