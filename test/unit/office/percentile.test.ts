import { expect, it } from 'vitest';
import { percentile } from '../../../main/office/percentile.ts';

it('is one of the values, at or below which the share of all lies', () => {
  const ten = [1, 2, 3, 4, 5, 6, 7, 8, 9, 100];
  expect(percentile(ten, 0.5)).toBe(5);
  expect(percentile(ten, 0.9)).toBe(9);
  expect(percentile(ten, 1)).toBe(100);
  expect(percentile([7], 0.9)).toBe(7);
  expect(percentile([1, 3], 0.5)).toBe(1);
});

it('is nothing of nothing', () => expect(percentile([], 0.5)).toBeNull());
