import { useCallback, useRef, useState, type DragEvent } from 'react';
import type { PaperWorkView } from '../../../shared/contract/index.ts';
import { DROPPED_BYTES, DROPPED_FILES } from '../../../shared/domain/paper-pages.ts';
import { fail, type Failure, type Result } from '../../../shared/result.ts';
import { kense, settle } from '../../api/kense.ts';

export type Refused = { readonly name: string; readonly failure: Failure };
export type DroppedFiles = {
  /** Files are held over the place. */
  readonly over: boolean;
  /** How many are still to be read. */
  readonly left: number;
  /** Those whose pages were not taken; the others were. */
  readonly refused: readonly Refused[];
  /** More than can be dropped at once: none was taken. */
  readonly tooMany: boolean;
  readonly clear: () => void;
  readonly place: {
    readonly onDragEnter: (event: DragEvent) => void;
    readonly onDragOver: (event: DragEvent) => void;
    readonly onDragLeave: (event: DragEvent) => void;
    readonly onDrop: (event: DragEvent) => void;
  };
};

const carriesFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer.types.includes('Files');

/** Takes the pages of files that are dropped from outside, one after the other; the window gets their bytes and no path. */
export function useDroppedFiles(workId: string, onWork: (work: PaperWorkView) => void): DroppedFiles {
  const [over, setOver] = useState(false);
  const [left, setLeft] = useState(0);
  const [refused, setRefused] = useState<readonly Refused[]>([]);
  const [tooMany, setTooMany] = useState(false);
  /** Elements that the pointer has entered and not left. */
  const depth = useRef(0);
  /** Not read yet, with the one that is being read. */
  const queue = useRef<File[]>([]);
  const clear = useCallback(() => {
    setRefused([]);
    setTooMany(false);
  }, []);
  const take = async (files: readonly File[]) => {
    if (queue.current.length === 0) clear();
    if (queue.current.length + files.length > DROPPED_FILES) return setTooMany(true);
    queue.current.push(...files);
    setLeft(queue.current.length);
    // what is dropped while others are read comes behind them
    if (queue.current.length > files.length) return;
    for (let file = queue.current[0]; file !== undefined; file = queue.current[0]) {
      const { name } = file;
      const taken = await takeOne(workId, file);
      if (taken.ok) onWork(taken.value);
      else setRefused((old) => [...old, { name, failure: taken.error }]);
      queue.current.shift();
      setLeft(queue.current.length);
    }
  };
  const enter = (by: 1 | -1 | 0) => {
    depth.current = by === 0 ? 0 : Math.max(0, depth.current + by);
    setOver(depth.current > 0);
  };
  const place: DroppedFiles['place'] = {
    onDragEnter: (event) => carriesFiles(event) && enter(1),
    onDragOver: (event) => carriesFiles(event) && event.preventDefault(),
    onDragLeave: (event) => carriesFiles(event) && enter(-1),
    onDrop: (event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      enter(0);
      void take([...event.dataTransfer.files]);
    },
  };
  return { over, left, refused, tooMany, clear, place };
}

async function takeOne(id: string, file: File): Promise<Result<PaperWorkView>> {
  if (file.size > DROPPED_BYTES) return fail('document-too-large');
  // a folder, or a file that is gone, has no bytes
  const bytes = await file.arrayBuffer().catch(() => null);
  if (bytes === null) return fail('file-unreadable');
  return settle(kense().paper.dropIn({ id, fileName: file.name.slice(0, 500), bytes: new Uint8Array(bytes) }));
}
