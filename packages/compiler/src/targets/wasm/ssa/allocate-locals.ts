import type { Instruction } from '../encoder/instruction.ts';
import type { ValueType } from '../encoder/value-type.ts';

/** Where temporaries lie. */
export interface AllocatedLocals {
  /** The local that a temporary shares with others; that of another local is itself. */
  readonly localOf: (local: number) => number;
  /** Types of the locals from `first` on. */
  readonly types: readonly ValueType[];
}

interface Lifetime {
  readonly local: number;
  readonly start: number;
  end: number;
}

/**
 * Gives the temporaries (locals from `first` on, each set at one place) as few locals as a scan in order of their
 * first instruction needs. A temporary that is set before a loop and used inside it lives until the loop ends.
 */
export function allocateLocals(
  instructions: readonly Instruction[],
  first: number,
  typeOf: (local: number) => ValueType,
): AllocatedLocals {
  const types: ValueType[] = [];
  const free: Record<ValueType, number[]> = { i32: [], i64: [], f64: [], v128: [] };
  const assigned = new Map<number, number>();
  const endingAt = new Array<Lifetime[] | undefined>(instructions.length).fill(undefined);
  let freedUpTo = 0;
  const release = ({ local }: Lifetime): void => {
    free[typeOf(local)].push(assigned.get(local) ?? 0);
  };
  for (const lifetime of findLifetimes(instructions, first)) {
    for (; freedUpTo < lifetime.start; freedUpTo += 1) endingAt[freedUpTo]?.forEach(release);
    const type = typeOf(lifetime.local);
    let local = free[type].pop();
    if (local === undefined) {
      local = first + types.length;
      types.push(type);
    }
    assigned.set(lifetime.local, local);
    const sameEnd = endingAt[lifetime.end];
    if (sameEnd === undefined) endingAt[lifetime.end] = [lifetime];
    else sameEnd.push(lifetime);
  }
  return { localOf: (local) => assigned.get(local) ?? local, types };
}

/** Lifetimes of the temporaries as instruction indices, by increasing start. */
function findLifetimes(instructions: readonly Instruction[], first: number): readonly Lifetime[] {
  const lifetimes = new Map<number, Lifetime>();
  const loops = findLoops(instructions);
  for (const [index, instruction] of instructions.entries()) {
    if (instruction.kind === 'local.set' && instruction.local >= first) {
      lifetimes.set(instruction.local, { local: instruction.local, start: index, end: index });
    } else if (instruction.kind === 'local.get' && instruction.local >= first) {
      const lifetime = lifetimes.get(instruction.local);
      if (lifetime === undefined || lifetime.end >= index) continue;
      lifetime.end = index;
      for (const loop of loops) {
        const isCarried = lifetime.start < loop.start && loop.start < index && index <= loop.end;
        if (isCarried) lifetime.end = Math.max(lifetime.end, loop.end);
      }
    }
  }
  return [...lifetimes.values()];
}

interface Range {
  readonly start: number;
  readonly end: number;
}

function findLoops(instructions: readonly Instruction[]): readonly Range[] {
  const loops: Range[] = [];
  const open: { readonly kind: Instruction['kind']; readonly start: number }[] = [];
  for (const [index, { kind }] of instructions.entries()) {
    if (kind === 'block' || kind === 'loop' || kind === 'if') open.push({ kind, start: index });
    if (kind !== 'end') continue;
    const construct = open.pop();
    if (construct?.kind === 'loop') loops.push({ start: construct.start, end: index });
  }
  return loops;
}
