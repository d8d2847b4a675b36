import type { ExpressionSyntax } from '../syntax/expressions.ts';
import type {
  BlockSyntax,
  DeclarationSyntax,
  EquationSyntax,
  FunctionSyntax,
  KernelSyntax,
  ModelSyntax,
  OnConditionSyntax,
  OnReceiveSyntax,
  OutputBlockSyntax,
  PortSyntax,
  UpdateBlockSyntax,
} from '../syntax/tree.ts';

/** The elements of a model by kind, in the order of the text. */
export interface ModelParts {
  readonly state: readonly DeclarationSyntax[];
  readonly parameters: readonly DeclarationSyntax[];
  readonly internals: readonly DeclarationSyntax[];
  readonly equations: readonly EquationSyntax[];
  readonly ports: readonly PortSyntax[];
  readonly outputs: readonly OutputBlockSyntax[];
  readonly functions: readonly FunctionSyntax[];
  /** Blocks with statements, in the order of the text. */
  readonly executable: readonly (FunctionSyntax | OnReceiveSyntax | OnConditionSyntax | UpdateBlockSyntax)[];
}

/** Sorts the blocks of a model. A block that stands twice counts as one. */
export function partsOf({ blocks }: ModelSyntax): ModelParts {
  const declarations = (kind: 'state' | 'parameters' | 'internals') =>
    blocks.flatMap((block) => (block.kind === kind ? block.declarations : []));
  return {
    state: declarations('state'),
    parameters: declarations('parameters'),
    internals: declarations('internals'),
    equations: blocks.flatMap((block) => (block.kind === 'equations' ? block.entries : [])),
    ports: blocks.flatMap((block) => (block.kind === 'input' ? block.ports : [])),
    outputs: blocks.filter((block) => block.kind === 'output'),
    functions: blocks.filter((block) => block.kind === 'function'),
    executable: blocks.filter(isExecutable),
  };
}

function isExecutable(block: BlockSyntax): block is ModelParts['executable'][number] {
  const { kind } = block;
  return kind === 'function' || kind === 'onReceive' || kind === 'onCondition' || kind === 'update';
}

/** What the internals are declared as, by name; of one that stands twice, the first. */
export function internalValuesOf({ internals }: ModelParts): ReadonlyMap<string, ExpressionSyntax> {
  const entries = internals.flatMap(({ variables, value }) =>
    value === undefined ? [] : variables.map(({ name }): [string, ExpressionSyntax] => [name.text, value]),
  );
  return new Map(entries.reverse());
}

/** The order of the ODE of each name that stands on the left of one. */
export function equationOrdersOf({ equations }: ModelParts): ReadonlyMap<string, number> {
  return new Map(
    equations.flatMap((entry) =>
      entry.kind === 'ode' ? [[entry.target.name.text, entry.target.order]] : [],
    ),
  );
}

/** Names of the variables of kernels that are given by ODEs; their declarations in `state` hold the increments. */
export function kernelStateNamesOf({ equations }: ModelParts): ReadonlySet<string> {
  const kernels = equations.filter((entry): entry is KernelSyntax => entry.kind === 'kernel');
  const definitions = kernels.flatMap((kernel) => kernel.definitions);
  return new Set(definitions.filter(({ target }) => target.order > 0).map(({ target }) => target.name.text));
}
