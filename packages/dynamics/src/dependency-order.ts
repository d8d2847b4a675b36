/**
 * Strongly connected components of a directed graph on 0 … n − 1, each before the components that depend on it.
 * `dependencies[i]` lists what i depends on. Within a component, and among components that do not depend on each other, smaller
 * numbers come first where possible. Source: Tarjan (1972), Depth-first search and linear graph algorithms, SIAM J. Comput. 1:146–160,
 * without recursion.
 */
export function stronglyConnectedComponents(
  dependencies: readonly (readonly number[])[],
): readonly (readonly number[])[] {
  const search: Search = {
    dependencies,
    order: new Map(),
    lowest: new Map(),
    open: [],
    isOpen: new Set(),
    components: [],
  };
  for (const start of dependencies.keys()) if (!search.order.has(start)) visitFrom(search, start);
  return search.components;
}

interface Search {
  readonly dependencies: readonly (readonly number[])[];
  /** Number of each vertex in the order of discovery. */
  readonly order: Map<number, number>;
  /** Smallest number of an open vertex that can be reached. */
  readonly lowest: Map<number, number>;
  /** Vertices whose component is not known yet. */
  readonly open: number[];
  readonly isOpen: Set<number>;
  readonly components: (readonly number[])[];
}

function visitFrom(search: Search, start: number): void {
  const path = [{ vertex: start, next: 0 }];
  discover(search, start);
  for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
    const target = search.dependencies[top.vertex]![top.next];
    top.next += 1;
    if (target === undefined) {
      path.pop();
      close(search, top.vertex);
      const parent = path.at(-1);
      if (parent !== undefined) lower(search, parent.vertex, search.lowest.get(top.vertex)!);
    } else if (!search.order.has(target)) {
      discover(search, target);
      path.push({ vertex: target, next: 0 });
    } else if (search.isOpen.has(target)) {
      lower(search, top.vertex, search.order.get(target)!);
    }
  }
}

function discover({ order, lowest, open, isOpen }: Search, vertex: number): void {
  lowest.set(vertex, order.size);
  order.set(vertex, order.size);
  open.push(vertex);
  isOpen.add(vertex);
}

function lower({ lowest }: Search, vertex: number, value: number): void {
  lowest.set(vertex, Math.min(lowest.get(vertex)!, value));
}

/** The root of a component takes it off the open vertices. */
function close({ order, lowest, open, isOpen, components }: Search, vertex: number): void {
  if (lowest.get(vertex) !== order.get(vertex)) return;
  const component = open.splice(open.indexOf(vertex));
  for (const member of component) isOpen.delete(member);
  components.push(component.sort((first, second) => first - second));
}

/** The parts that are connected when directions are ignored, by their smallest members; members in ascending order. */
export function connectedParts(dependencies: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const both = dependencies.map((list) => [...list]);
  dependencies.forEach((list, i) => {
    for (const j of list) both[j]!.push(i);
  });
  return stronglyConnectedComponents(both).toSorted((first, second) => first[0]! - second[0]!);
}
