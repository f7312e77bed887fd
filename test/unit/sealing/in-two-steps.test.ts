import { describe, expect, it } from 'vitest';
import { inTwoSteps } from '../../../main/sealing/index.ts';

/** Steps that end when the test says so, and a diary of what began and ended. */
function steps(stops: { readonly make?: number; readonly finish?: number } = {}) {
  const diary: string[] = [];
  const ending = new Map<string, () => void>();
  const step = (name: string): Promise<void> => {
    diary.push(`${name}…`);
    return new Promise((resolve) =>
      ending.set(name, () => {
        diary.push(name);
        resolve();
      }),
    );
  };
  const make = async (item: number) => {
    await step(`make ${item}`);
    return stops.make === item ? { stop: `make ${item}` } : { made: item * 10 };
  };
  const finish = async (item: number, made: number) => {
    await step(`finish ${item} ${made}`);
    return stops.finish === item ? `finish ${item}` : null;
  };
  const end = async (name: string): Promise<void> => {
    await expect.poll(() => ending.has(name)).toBe(true);
    ending.get(name)!();
  };
  return { diary, end, done: inTwoSteps([1, 2, 3], make, finish) };
}

describe('two steps for each item', () => {
  it('overlap by one: the first of the next begins while the second of the last is under way, and no second before its turn', async () => {
    const { diary, end, done } = steps();
    await end('make 1');
    await end('make 2');
    await expect.poll(() => diary.at(-1)).toBe('make 2');
    expect(diary).toEqual(['make 1…', 'make 1', 'finish 1 10…', 'make 2…', 'make 2']);
    await end('finish 1 10');
    await end('finish 2 20');
    await end('make 3');
    await end('finish 3 30');
    expect(await done).toBeNull();
    expect(diary.filter((line) => line.startsWith('finish') && !line.endsWith('…'))).toEqual(['finish 1 10', 'finish 2 20', 'finish 3 30']);
  });

  it('end with the first second step that stops, and drop what was made meanwhile', async () => {
    const { diary, end, done } = steps({ finish: 1 });
    await end('make 1');
    await end('make 2');
    await end('finish 1 10');
    expect(await done).toBe('finish 1');
    expect(diary.filter((line) => line.startsWith('finish 2') || line.startsWith('make 3'))).toEqual([]);
  });

  it('end with a first step that stops after the second of the item before', async () => {
    const { diary, end, done } = steps({ make: 2 });
    await end('make 1');
    await end('make 2');
    await end('finish 1 10');
    expect(await done).toBe('make 2');
    expect(diary.at(-1)).toBe('finish 1 10');
  });

  it('do not overlap after an item that stays alone, and nothing is begun after its second step that stops', async () => {
    const diary: string[] = [];
    const make = async (item: number) => (diary.push(`make ${item}`), { made: item, alone: true });
    const finish = async (item: number) => {
      await Promise.resolve();
      diary.push(`finish ${item}`);
      return item === 2 ? 'finish 2' : null;
    };
    expect(await inTwoSteps([1, 2, 3], make, finish)).toBe('finish 2');
    expect(diary).toEqual(['make 1', 'finish 1', 'make 2', 'finish 2']);
  });

  it('let an exception of either step out, after what was under way', async () => {
    const boom = () => Promise.reject(new Error('boom'));
    await expect(inTwoSteps([1, 2], (n) => Promise.resolve({ made: n }), boom)).rejects.toThrow('boom');
    let finished = 0;
    const later = async () => {
      await Promise.resolve();
      finished++;
      return null;
    };
    await expect(inTwoSteps([1, 2], (n) => (n === 2 ? boom() : Promise.resolve({ made: n })), later)).rejects.toThrow('boom');
    expect(finished).toBe(1);
  });
});
