import { posix } from 'node:path';
import { type Finding, lineOf, type Rule, type SourceModule } from '../source-module.ts';

/**
 * The folders of a package depend on each other in one direction. Files of one folder below `src` may call each other in a circle
 * (recursive descent over several files is one room), and types of different files may mention each other.
 */
export const noImportCycles: Rule = {
  name: 'import-cycles',
  check: ({ modules }) => {
    const byPath = new Map(modules.map((module) => [module.path, module]));
    return findCycles(byPath)
      .filter(leavesRoom)
      .map((cycle) => describe(cycle, byPath));
  },
};

/** Cycles as lists of paths, each found once, beginning with its first file by name. */
function findCycles(modules: ReadonlyMap<string, SourceModule>): readonly (readonly string[])[] {
  const cycles = new Map<string, readonly string[]>();
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]) => {
    const begin = trail.indexOf(path);
    if (begin >= 0) {
      const cycle = fromFirst(trail.slice(begin));
      cycles.set(cycle.join(' '), cycle);
      return;
    }
    if (done.has(path)) return;
    for (const target of targetsOf(path, modules)) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const path of modules.keys()) visit(path, []);
  return [...cycles.values()];
}

/** Whether a circle runs through more than one folder, through the files of `src` itself, or is a file that imports itself. */
function leavesRoom(cycle: readonly string[]): boolean {
  const folders = new Set(cycle.map((path) => posix.dirname(path)));
  return (
    cycle.length === 1 ||
    folders.size > 1 ||
    cycle.some((path) => posix.basename(posix.dirname(path)) === 'src')
  );
}

function targetsOf(path: string, modules: ReadonlyMap<string, SourceModule>): readonly string[] {
  return modules
    .get(path)!
    .imports.filter((reference) => !reference.isTypeOnly)
    .map(({ specifier }) => resolve(path, specifier))
    .filter((target) => target !== undefined && modules.has(target))
    .filter((target) => target !== undefined);
}

function resolve(path: string, specifier: string | undefined): string | undefined {
  return specifier?.startsWith('.') ? posix.join(posix.dirname(path), specifier) : undefined;
}

function fromFirst(cycle: readonly string[]): readonly string[] {
  const begin = cycle.indexOf(cycle.toSorted()[0]!);
  return [...cycle.slice(begin), ...cycle.slice(0, begin)];
}

function describe(cycle: readonly string[], modules: ReadonlyMap<string, SourceModule>): Finding {
  const path = cycle[0]!;
  const next = cycle[1] ?? path;
  const module = modules.get(path)!;
  const reference = module.imports.find(({ specifier }) => resolve(path, specifier) === next);
  const names = [...cycle, path].map((file) => posix.basename(file));
  return {
    path,
    line: lineOf(module, reference?.start ?? 0),
    rule: noImportCycles.name,
    message: `files import each other: ${names.join(' → ')}`,
    cure: 'move what both need into a file of its own, or hand a function over as an argument',
  };
}
