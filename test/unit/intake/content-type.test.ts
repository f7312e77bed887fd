import { describe, expect, it } from 'vitest';
import { contentFitsName, contentTypeOf, mediaTypeOf } from '../../../main/intake/content-type.ts';

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));

describe('what a file is', () => {
  it.each([
    ['%PDF-1.7\n', 'pdf'],
    ['\xff\xd8\xff\xe0JFIF', 'image'],
    ['\x89PNG\r\n\x1a\n', 'image'],
    ['RIFF....WEBPVP8 ', 'image'],
    ['PK\x03\x04........word/document.xml', 'office'],
    ['PK\x03\x04........secret.exe', 'archive'],
    ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'office'],
    ['Rar!\x1a\x07', 'archive'],
    ['plain words', 'text'],
    ['MZ\x90\x00\x03', 'other'],
    ['<svg onload=alert(1)>', 'text'],
  ])('is read from its content: %j', (content, type) => {
    expect(contentTypeOf(bytes(content), content.length)).toBe(type);
  });

  it('is empty at 0 bytes whatever its name', () => {
    expect(contentTypeOf(new Uint8Array(), 0)).toBe('empty');
  });

  it('is never believed by its name', () => {
    expect(contentFitsName('other', 'арыз.pdf')).toBe(false);
    expect(contentFitsName('text', 'scan.JPG')).toBe(false);
    expect(contentFitsName('pdf', 'арыз.PDF')).toBe(true);
    expect(contentFitsName('other', 'без расширения')).toBe(true);
  });

  it('is handed to the window only under a type that cannot run', () => {
    for (const content of ['<html><script>', '<svg onload=alert(1)>', 'MZ\x90\x00', 'PK\x03\x04word/'])
      expect(['text/plain; charset=utf-8', 'application/octet-stream']).toContain(
        mediaTypeOf(contentTypeOf(bytes(content), content.length), bytes(content)),
      );
  });
});
