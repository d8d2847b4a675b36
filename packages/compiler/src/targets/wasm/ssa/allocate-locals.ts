import type { Instruction } from '../encoder/instruction.ts';
import type { ValueType } from '../encoder/value-type.ts';

/** Instructions in which values share locals, and the types of these locals. */
export interface AllocatedLocals {
  readonly instructions: readonly Instruction[];
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
  const free = new Map<ValueType, number[]>();
  const assigned = new Map<number, number>();
  const endingAt = new Map<number, Lifetime[]>();
  let freedUpTo = 0;
  const release = ({ local }: Lifetime): void => {
    const type = typeOf(local);
    const list = free.get(type) ?? [];
    list.push(assigned.get(local) ?? 0);
    free.set(type, list);
  };
  for (const lifetime of findLifetimes(instructions, first)) {
    for (; freedUpTo < lifetime.start; freedUpTo += 1) endingAt.get(freedUpTo)?.forEach(release);
    const type = typeOf(lifetime.local);
    let local = free.get(type)?.pop();
    if (local === undefined) {
      local = first + types.length;
      types.push(type);
    }
    assigned.set(lifetime.local, local);
    const sameEnd = endingAt.get(lifetime.end) ?? [];
    sameEnd.push(lifetime);
    endingAt.set(lifetime.end, sameEnd);
  }
  return { instructions: instructions.map((instruction) => renameLocal(instruction, assigned)), types };
}

function renameLocal(instruction: Instruction, assigned: ReadonlyMap<number, number>): Instruction {
  switch (instruction.kind) {
    case 'local.get':
    case 'local.set':
    case 'local.tee':
      return { kind: instruction.kind, local: assigned.get(instruction.local) ?? instruction.local };
    default:
      return instruction;
  }
}

/** Lifetimes of the temporaries as instruction indices, by increasing start. */
function findLifetimes(instructions: readonly Instruction[], first: number): readonly Lifetime[] {
  const lifetimes = new Map<number, Lifetime>();
  const loops = findLoops(instructions);
  instructions.forEach((instruction, index) => {
    if (instruction.kind === 'local.set' && instruction.local >= first) {
      lifetimes.set(instruction.local, { local: instruction.local, start: index, end: index });
    } else if (instruction.kind === 'local.get' && instruction.local >= first) {
      const lifetime = lifetimes.get(instruction.local);
      if (lifetime === undefined) return;
      lifetime.end = Math.max(lifetime.end, index);
      for (const loop of loops) {
        const isCarried = lifetime.start < loop.start && loop.start < index && index <= loop.end;
        if (isCarried) lifetime.end = Math.max(lifetime.end, loop.end);
      }
    }
  });
  return [...lifetimes.values()];
}

interface Range {
  readonly start: number;
  readonly end: number;
}

function findLoops(instructions: readonly Instruction[]): readonly Range[] {
  const loops: Range[] = [];
  const open: { readonly kind: Instruction['kind']; readonly start: number }[] = [];
  instructions.forEach(({ kind }, index) => {
    if (kind === 'block' || kind === 'loop' || kind === 'if') open.push({ kind, start: index });
    if (kind !== 'end') return;
    const construct = open.pop();
    if (construct?.kind === 'loop') loops.push({ start: construct.start, end: index });
  });
  return loops;
}
