import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import type { MathName } from '../src/targets/wasm/math/math-functions.ts';

interface Axis {
  readonly scale: 'linear' | 'log';
  readonly low: number;
  readonly high: number;
}

interface RecordedRange extends Axis {
  readonly count: number;
  readonly second?: Axis;
}

interface RecordedFunction {
  readonly ranges: readonly RecordedRange[];
  readonly hard: readonly (number | readonly [number, number])[];
  readonly expected: string;
}

/** A point with its exact result: the nearest double and what is missing, in units of its last place. */
export interface AccuracyPoint {
  readonly operands: readonly number[];
  readonly expected: number;
  readonly missing: number;
}

const WEYL = [0x9e37_79b9_7f4a_7c15n, 0xd1b5_4a32_d192_ed03n] as const;
const MISSING_UNIT = 254;
const recorded: Readonly<Record<string, RecordedFunction>> = JSON.parse(
  readFileSync(new URL('../src/targets/wasm/math/accuracy/expected-values.json', import.meta.url), 'utf8'),
);

/** The recorded points of a function, those without a normal result left out. */
export function accuracyPoints(name: MathName): readonly AccuracyPoint[] {
  const { ranges, hard, expected } = recorded[name] ?? { ranges: [], hard: [], expected: '' };
  const operands = [
    ...ranges.flatMap((range) =>
      Array.from({ length: range.count }, (_, i) => rangePoint(range, BigInt(i + 1))),
    ),
    ...hard.map((point) => (typeof point === 'number' ? [point] : [...point])),
  ];
  const bytes = Buffer.from(expected, 'base64');
  return operands
    .map((point, i) => ({
      operands: point,
      expected: bytes.readDoubleLE(8 * i),
      missing: bytes.readInt8(8 * operands.length + i) / MISSING_UNIT,
    }))
    .filter((point) => !Number.isNaN(point.expected));
}

/** Distance of a computed value from the exact one in units of the last place of the nearest double. */
export function errorInUlp(computed: number, { expected, missing }: AccuracyPoint): number {
  const error = (computed - expected) / unitInLastPlace(expected) - missing;
  return Number.isNaN(error) ? Number.POSITIVE_INFINITY : Math.abs(error);
}

function unitInLastPlace(value: number): number {
  const bits = bitsOf(Math.abs(value));
  return doubleOf(bits + 1n) - doubleOf(bits);
}

function rangePoint(range: RecordedRange, i: bigint): readonly number[] {
  const first = axisPoint(range, word(i, WEYL[0]));
  return range.second === undefined ? [first] : [first, axisPoint(range.second, word(i, WEYL[1]))];
}

function word(i: bigint, multiplier: bigint): bigint {
  return BigInt.asUintN(64, i * multiplier) >> 11n;
}

function axisPoint({ scale, low, high }: Axis, random: bigint): number {
  if (scale === 'linear') return low + (high - low) * (Number(random) / 2 ** 53);
  return doubleOf(bitsOf(low) + (((bitsOf(high) - bitsOf(low)) * random) >> 53n));
}

function bitsOf(value: number): bigint {
  return new BigInt64Array(new Float64Array([value]).buffer)[0] ?? 0n;
}

function doubleOf(bits: bigint): number {
  return new Float64Array(new BigInt64Array([bits]).buffer)[0] ?? 0;
}
