/** Pixels: x to the right, y down. */
export type Point = readonly [x: number, y: number];
export type Polyline = readonly Point[];

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The parts of a polyline inside a box; a single point is kept if it lies inside. */
export function clipPolyline(points: Polyline, box: Box): readonly Polyline[] {
  const only = points[0];
  if (points.length === 1 && only !== undefined) return isInside(only, box) ? [points] : [];
  const parts: Polyline[] = [];
  let part: Point[] = [];
  for (let i = 1; i < points.length; i++) {
    const from = points[i - 1];
    const to = points[i];
    if (from === undefined || to === undefined) continue;
    const segment = clipSegment(from, to, box);
    if (segment === undefined) {
      if (part.length > 0) parts.push(part);
      part = [];
      continue;
    }
    if (part.length === 0) part.push(segment[0]);
    part.push(segment[1]);
    if (segment[1] !== to) {
      parts.push(part);
      part = [];
    }
  }
  if (part.length > 0) parts.push(part);
  return parts;
}

function isInside([x, y]: Point, box: Box): boolean {
  return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
}

/**
 * The part of a segment inside a box, or `undefined` (Liang and Barsky, ACM Trans. Graph. 3(1), 1984): each border
 * bounds the parameter s of from + s (to − from). An end inside the box is returned as the same object.
 */
function clipSegment(from: Point, to: Point, box: Box): readonly [Point, Point] | undefined {
  const dx = to[0] - from[0];
  const dy = to[1] - from[1];
  const borders: readonly (readonly [number, number])[] = [
    [-dx, from[0] - box.left],
    [dx, box.right - from[0]],
    [-dy, from[1] - box.top],
    [dy, box.bottom - from[1]],
  ];
  let enter = 0;
  let leave = 1;
  for (const [outward, room] of borders) {
    if (outward === 0 && room < 0) return undefined;
    if (outward < 0) enter = Math.max(enter, room / outward);
    if (outward > 0) leave = Math.min(leave, room / outward);
  }
  if (enter > leave) return undefined;
  const at = (s: number): Point => [from[0] + s * dx, from[1] + s * dy];
  return [enter === 0 ? from : at(enter), leave === 1 ? to : at(leave)];
}

/** Rounds to 1/100 px and drops points that change nothing: repeated ones, and those on a level or upright stretch. */
export function simplifyPolyline(points: Polyline): Polyline {
  const kept: Point[] = [];
  for (const point of points) {
    const next: Point = [roundPixel(point[0]), roundPixel(point[1])];
    const last = kept.at(-1);
    if (last !== undefined && last[0] === next[0] && last[1] === next[1]) continue;
    const before = kept.at(-2);
    if (before !== undefined && last !== undefined && isBetween(before, last, next)) kept.pop();
    kept.push(next);
  }
  return kept;
}

/** Coordinates are written with at most two decimals. */
export function roundPixel(value: number): number {
  const rounded = Math.round(value * 100) / 100;
  return rounded === 0 ? 0 : rounded;
}

function isBetween(a: Point, b: Point, c: Point): boolean {
  const level = a[1] === b[1] && b[1] === c[1] && (b[0] - a[0]) * (c[0] - b[0]) > 0;
  const upright = a[0] === b[0] && b[0] === c[0] && (b[1] - a[1]) * (c[1] - b[1]) > 0;
  return level || upright;
}
