export { compareWithDocuments } from './compare-with-documents.ts';
export { createDocumentReader, type DocumentReader } from './document-reader.ts';
export {
  documentTextState,
  extractTexts,
  readDocumentText,
  type DocumentPage,
  type ExtractedDocument,
  type ExtractParts,
  type TextHook,
} from './extract-text.ts';
export { addNote, applyNoteItem, countNotes, isOfNotes, readNotes, withdrawNote, type NoteParts } from './notes.ts';
