import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = path.resolve(import.meta.dirname, '../../..');
const builder = parse(readFileSync(path.join(root, 'electron-builder.yml'), 'utf8')) as Record<string, unknown>;

describe('the packaged program', () => {
  it('has every fuse written out, each in its safe position', () => {
    expect(builder['electronFuses']).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    });
  });

  it('carries the native modules outside the archive, and neither sources nor source maps', () => {
    // libvips lies beside the module of sharp, and is opened as a file
    expect(builder['asarUnpack']).toEqual(['**/*.node', 'node_modules/@img/**']);
    const files = builder['files'] as string[];
    expect(files).toContain('!**/*.map');
    expect(files.some((pattern) => /^(main|renderer|test|scripts)\//.test(pattern))).toBe(false);
  });

  it('has one list of files for every platform', () => {
    for (const platform of ['linux', 'win', 'mac', 'deb', 'nsis']) expect(builder[platform] ?? {}).not.toHaveProperty('files');
  });

  it('never takes along the Electron of the development machine', () => {
    expect(builder).not.toHaveProperty('electronDist');
    expect(builder).not.toHaveProperty('electronVersion');
  });
});
