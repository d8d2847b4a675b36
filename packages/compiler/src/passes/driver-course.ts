/** A closed affine system x′ = A x + b in numbers. */
export interface NumberSystem {
  readonly size: number;
  /** Row by row, per ms. */
  readonly matrix: Float64Array;
  readonly input: Float64Array;
  readonly start: Float64Array;
  /** What an event adds to the states. */
  readonly jump: Float64Array;
}

/** Degree of the Taylor series between points, at which ‖A‖ Δ is at most 1/2: the rest is below 0.5^13/13! = 2e-14. */
const DEGREE = 12;
const TERMS = DEGREE + 1;
const LONGEST = 0.5;
/** More points than this in an interval are not worth their time. */
const MOST_POINTS = 4096;

/** Expansions around points of an interval that lie so close together that a series holds in between. */
interface Expansions {
  readonly system: NumberSystem;
  readonly distance: number;
  readonly count: number;
  /** By point, by state, by power of the time since the point. */
  readonly terms: Float64Array;
}

/** The states of systems as functions of the time, interval by interval. */
export interface DriverCourse {
  /** Number of states of all systems. */
  readonly size: number;
  /** Writes all states at a time after the begin of an interval, ms. */
  readonly statesAt: (interval: number, time: number, into: Float64Array) => void;
  /** Writes A x + b of all systems. */
  readonly slopesOf: (states: Float64Array, into: Float64Array) => void;
}

/** Follows the systems over intervals, with an event at the begin of each but the first; undefined if a system is too fast for that. */
export function driverCourse(
  systems: readonly NumberSystem[],
  durations: readonly number[],
): DriverCourse | undefined {
  const courses: (readonly Expansions[])[] = [];
  for (const system of systems) {
    const expansions: Expansions[] = [];
    let states = system.start;
    for (const [i, duration] of durations.entries()) {
      if (i > 0) states = states.map((state, k) => state + system.jump[k]!);
      const expanded = expandOver(system, states, duration);
      if (expanded === undefined) return undefined;
      expansions.push(expanded);
      states = new Float64Array(system.size);
      valuesAt(expanded, duration, states, 0);
    }
    courses.push(expansions);
  }
  return {
    size: systems.reduce((sum, { size }) => sum + size, 0),
    statesAt: (interval, time, into) => {
      let offset = 0;
      for (const expansions of courses) {
        const own = expansions[interval]!;
        valuesAt(own, time, into, offset);
        offset += own.system.size;
      }
    },
    slopesOf: (states, into) => {
      let offset = 0;
      for (const system of systems) {
        writeSlopes(system, states, into, offset);
        offset += system.size;
      }
    },
  };
}

function expandOver(system: NumberSystem, start: Float64Array, duration: number): Expansions | undefined {
  const { size } = system;
  const count = Math.max(1, Math.ceil((normOf(system) * duration) / LONGEST));
  if (!(count <= MOST_POINTS)) return undefined;
  const expansions = {
    system,
    distance: duration / count,
    count,
    terms: new Float64Array(count * size * TERMS),
  };
  const states = start.slice();
  for (let point = 0; point < count; point += 1) {
    writeTerms(expansions, point, states);
    valuesAt(expansions, (point + 1) * expansions.distance, states, 0, point);
  }
  return expansions;
}

/** The largest sum of a column. */
function normOf({ size, matrix }: NumberSystem): number {
  let largest = 0;
  for (let column = 0; column < size; column += 1) {
    let sum = 0;
    for (let row = 0; row < size; row += 1) sum += Math.abs(matrix[row * size + column]!);
    largest = Math.max(largest, sum);
  }
  return largest;
}

/** c₀ = x, c_{k+1} = (A c_k + [k = 0] b)/(k + 1). */
function writeTerms({ system, terms }: Expansions, point: number, states: Float64Array): void {
  const { size, matrix, input } = system;
  const place = (row: number, power: number) => (point * size + row) * TERMS + power;
  for (let row = 0; row < size; row += 1) terms[place(row, 0)] = states[row]!;
  for (let power = 0; power < DEGREE; power += 1) {
    for (let row = 0; row < size; row += 1) {
      let sum = power === 0 ? input[row]! : 0;
      for (let column = 0; column < size; column += 1)
        sum += matrix[row * size + column]! * terms[place(column, power)]!;
      terms[place(row, power + 1)] = sum / (power + 1);
    }
  }
}

/** By the series of the last point that is not later than the time, or of a certain point. */
function valuesAt(
  { system: { size }, distance, count, terms }: Expansions,
  time: number,
  into: Float64Array,
  offset: number,
  known?: number,
): void {
  const point = known ?? Math.min(Math.floor(time / distance), count - 1);
  const since = time - point * distance;
  for (let row = 0; row < size; row += 1) {
    const first = (point * size + row) * TERMS;
    let sum = terms[first + DEGREE]!;
    for (let power = DEGREE - 1; power >= 0; power -= 1) sum = sum * since + terms[first + power]!;
    into[offset + row] = sum;
  }
}

function writeSlopes(
  { size, matrix, input }: NumberSystem,
  states: Float64Array,
  into: Float64Array,
  offset: number,
): void {
  for (let row = 0; row < size; row += 1) {
    let sum = input[row]!;
    for (let column = 0; column < size; column += 1)
      sum += matrix[row * size + column]! * states[offset + column]!;
    into[offset + row] = sum;
  }
}
