import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Box, clipPolyline, type Point, simplifyPolyline } from './polyline.ts';

const BOX: Box = { left: 10, right: 110, top: 20, bottom: 70 };
const TOLERANCE = 1e-9;

const coordinate = fc.integer({ min: -200, max: 300 });
const points = fc.array(fc.tuple(coordinate, coordinate), { minLength: 2, maxLength: 30 });

function isInside([x, y]: Point, margin: number): boolean {
  return (
    x >= BOX.left - margin && x <= BOX.right + margin && y >= BOX.top - margin && y <= BOX.bottom + margin
  );
}

test('nothing sticks out of the box, and no point inside it is lost', () => {
  fc.assert(
    fc.property(points, (line) => {
      const kept = clipPolyline(line, BOX).flat();
      expect(kept.every((point) => isInside(point, TOLERANCE))).toBe(true);
      for (const point of line.filter((candidate) => isInside(candidate, 0)))
        expect(kept).toContainEqual(point);
    }),
    { seed: 20_252, numRuns: 500 },
  );
});

test('a segment through the box is cut where it crosses the border', () => {
  expect(
    clipPolyline(
      [
        [0, 45],
        [210, 45],
      ],
      BOX,
    ),
  ).toEqual([
    [
      [10, 45],
      [110, 45],
    ],
  ]);
  expect(
    clipPolyline(
      [
        [0, 0],
        [200, 10],
      ],
      BOX,
    ),
  ).toEqual([]);
  const [[from, to] = []] = clipPolyline(
    [
      [60, 0],
      [60, 1e300],
    ],
    BOX,
  );
  expect(from).toEqual([60, 20]);
  expect(to?.[1]).toBeCloseTo(70, 6);
});

test('a lone point is kept only inside the box', () => {
  expect(clipPolyline([[50, 50]], BOX)).toEqual([[[50, 50]]]);
  expect(clipPolyline([[5, 50]], BOX)).toEqual([]);
});

test('simplifying drops repeated points and the inner points of level and upright stretches only', () => {
  const line: Point[] = [
    [0, 0],
    [0.001, 0],
    [1, 0],
    [2, 0],
    [2, 5],
    [2, 9],
    [2, 3],
    [3, 4],
  ];
  expect(simplifyPolyline(line)).toEqual([
    [0, 0],
    [2, 0],
    [2, 9],
    [2, 3],
    [3, 4],
  ]);
});
