/** Families of NESTML dialects that differ in syntax, oldest first. `current` is read as it is; 8.3 differs so little that it must be stated. */
export type DialectId = 'A0' | 'A1' | 'A2' | 'A2s' | 'A2d' | 'B1' | 'B2' | 'C1' | 'C2' | 'current';

/** What the translation must know of a dialect. */
export interface Dialect {
  readonly id: DialectId;
  /** How messages call it. */
  readonly title: string;
  /** How blocks are closed. */
  readonly blocks: 'end' | 'indentation';
  /** Whether a line end outside parentheses ends an expression (from 4.0), or is white space that a sign continues over. */
  readonly newlinesEnd: boolean;
  /** Whether an inhibitory current port that is paired with an excitatory one received negative weights (to 4.0). */
  readonly inhibitoryIsNegative: boolean;
  /** What a bare spike port and a convolution with it are worth: the unit of the port (to 5.3), or a plain number. */
  readonly portsHaveUnits: boolean;
  /** Whether `log` is the natural logarithm (to 3.0). */
  readonly hasNaturalLog: boolean;
  /** Words that were names there and cannot be today. */
  readonly freeWords: readonly string[];
}

const ended = { blocks: 'end', portsHaveUnits: true } as const;
const old = { ...ended, newlinesEnd: false, inhibitoryIsNegative: true, hasNaturalLog: true } as const;
const recent = { inhibitoryIsNegative: false, hasNaturalLog: false, newlinesEnd: true } as const;
const later: readonly string[] = ['model', 'onCondition'];
const muchLater: readonly string[] = [...later, 'kernel', 'inline', 'continuous', 'onReceive'];

export const dialects: Readonly<Record<DialectId, Dialect>> = {
  A0: { id: 'A0', title: 'NESTML 0.0.3 to 1.4', ...old, freeWords: muchLater },
  A1: { id: 'A1', title: 'NESTML 2.1 to 3.1', ...old, freeWords: muchLater },
  A2: { id: 'A2', title: 'NESTML 4 to 5.2', ...ended, ...recent, freeWords: later },
  A2s: { id: 'A2s', title: 'NESTML 5.0 to 5.2', ...ended, ...recent, freeWords: later },
  A2d: {
    id: 'A2d',
    title: 'a development form of NESTML (2018 to 2021), which no release reads',
    ...ended,
    ...recent,
    newlinesEnd: false,
    hasNaturalLog: true,
    freeWords: later,
  },
  B1: {
    id: 'B1',
    title: 'NESTML 5.3',
    ...recent,
    blocks: 'indentation',
    portsHaveUnits: true,
    freeWords: later,
  },
  B2: {
    id: 'B2',
    title: 'NESTML 6 and 7',
    ...recent,
    blocks: 'indentation',
    portsHaveUnits: false,
    freeWords: later,
  },
  C1: {
    id: 'C1',
    title: 'NESTML 8.0 to 8.2',
    ...recent,
    blocks: 'indentation',
    portsHaveUnits: false,
    freeWords: [],
  },
  C2: {
    id: 'C2',
    title: 'NESTML 8.3',
    ...recent,
    blocks: 'indentation',
    portsHaveUnits: false,
    freeWords: [],
  },
  current: {
    id: 'current',
    title: 'NESTML 9',
    ...recent,
    blocks: 'indentation',
    portsHaveUnits: false,
    freeWords: [],
  },
};

/** The first version of each family, as major · 100 + minor, newest first. */
const firstVersions: readonly (readonly [number, DialectId])[] = [
  [900, 'current'],
  [803, 'C2'],
  [800, 'C1'],
  [600, 'B2'],
  [503, 'B1'],
  [500, 'A2s'],
  [400, 'A2'],
  [200, 'A1'],
  [0, 'A0'],
];

/**
 * The dialect that a user names: a version such as `3.1` or `0.0.3`, or `development` for the forms of talks. Undefined if it is
 * neither. Version 4 differs from 5 in the sign of inhibitory weights alone.
 */
export function dialectByName(name: string): Dialect | undefined {
  if (name === 'development') return dialects.A2d;
  const [, major = '', minor = '0'] = /^(\d)(?:\.(\d+))?(?:\.\d+)?$/.exec(name) ?? [];
  if (major === '') return undefined;
  const version = Number(major) * 100 + Number(minor);
  const [, id] = firstVersions.find(([first]) => first <= version)!;
  const isFour = version >= 400 && version < 500;
  const isAfterLog = version >= 301;
  return {
    ...dialects[id],
    ...(isFour ? { title: `NESTML ${name}`, inhibitoryIsNegative: true } : {}),
    ...(isAfterLog ? { hasNaturalLog: false } : {}),
  };
}
