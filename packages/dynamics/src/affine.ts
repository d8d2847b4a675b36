import type {
  ExpressionNode,
  ExpressionSymbol,
  Factor,
  ProductNode,
  SelectNode,
  SumNode,
  Term,
} from './expression/nodes.ts';
import type { ExpressionPool } from './expression/pool.ts';
import { dependentNodes, nodesBelow } from './expression/traverse.ts';

/** Σ coefficientᵢ·xᵢ + rest. Coefficients and rest are free of all xᵢ; a coefficient that is the constant 0 is left out. */
export interface AffineForm {
  readonly kind: 'affine';
  readonly coefficients: ReadonlyMap<ExpressionSymbol, ExpressionNode>;
  readonly rest: ExpressionNode;
}

/** The innermost node that stands in the way: a product or quotient of two parts with xᵢ, a function, a power, a condition. */
export interface NotAffine {
  readonly kind: 'not-affine';
  readonly because: ExpressionNode;
}

/**
 * Writes a number as an affine function of the symbols, by its structure: nothing is expanded over a common denominator, and no
 * identity is searched for, so that (x + 1)·x − x·x counts as not affine. A ternary whose condition is free of the symbols is affine if
 * its branches are. Work is at most nodes times symbols.
 */
export function affineForm(
  pool: ExpressionPool,
  root: ExpressionNode,
  symbols: ReadonlySet<ExpressionSymbol>,
): AffineForm | NotAffine {
  const nodes = nodesBelow([root]);
  const dependent = dependentNodes(nodes, symbols);
  const forms = new Map<ExpressionNode, AffineForm>();
  const formOf = (node: ExpressionNode) => forms.get(node) ?? freeForm(node);
  for (const node of nodes) {
    if (!dependent.has(node)) continue;
    const form = formOfDependent(pool, node, dependent, formOf);
    if (form === undefined) return { kind: 'not-affine', because: node };
    forms.set(node, form);
  }
  return formOf(root);
}

type FormOf = (node: ExpressionNode) => AffineForm;

function freeForm(rest: ExpressionNode): AffineForm {
  return { kind: 'affine', coefficients: new Map(), rest };
}

/** The form of a node whose operands have forms; nothing if it is not affine. */
function formOfDependent(
  pool: ExpressionPool,
  node: ExpressionNode,
  dependent: ReadonlySet<ExpressionNode>,
  formOf: FormOf,
): AffineForm | undefined {
  switch (node.kind) {
    case 'symbol': {
      const coefficients = new Map([[node.symbol, pool.constant(1)]]);
      return { kind: 'affine', coefficients, rest: pool.constant(0) };
    }
    case 'negation':
      return mapForm(formOf(node.operand), (part) => pool.negate(part));
    case 'sum':
      return formOfSum(pool, node, formOf);
    case 'product':
      return formOfProduct(pool, node, dependent, formOf);
    case 'select':
      return dependent.has(node.condition) ? undefined : formOfSelect(pool, node, formOf);
    case 'constant':
    case 'boolean':
    case 'integerQuotient':
    case 'remainder':
    case 'power':
    case 'bit':
    case 'bitNot':
    case 'comparison':
    case 'not':
    case 'logical':
    case 'function':
    case 'call':
    case 'draw':
      return undefined;
    default:
      return node satisfies never;
  }
}

function mapForm(form: AffineForm, change: (part: ExpressionNode) => ExpressionNode): AffineForm {
  const coefficients = new Map<ExpressionSymbol, ExpressionNode>();
  for (const [symbol, coefficient] of form.coefficients) coefficients.set(symbol, change(coefficient));
  const hasRest = !isZero(form.rest);
  return { kind: 'affine', coefficients, rest: hasRest ? change(form.rest) : form.rest };
}

function isZero(node: ExpressionNode): boolean {
  return node.kind === 'constant' && node.value === 0;
}

function formOfSum(pool: ExpressionPool, { terms }: SumNode, formOf: FormOf): AffineForm {
  const parts = new Map<ExpressionSymbol, Term[]>();
  const rest: Term[] = [];
  for (const { sign, operand } of terms) {
    const form = formOf(operand);
    rest.push({ sign, operand: form.rest });
    for (const [symbol, coefficient] of form.coefficients) {
      const list = parts.get(symbol) ?? [];
      parts.set(symbol, list);
      list.push({ sign, operand: coefficient });
    }
  }
  const coefficients = new Map<ExpressionSymbol, ExpressionNode>();
  for (const [symbol, list] of parts) {
    const coefficient = pool.sum(list);
    if (!isZero(coefficient)) coefficients.set(symbol, coefficient);
  }
  return { kind: 'affine', coefficients, rest: pool.sum(rest) };
}

/** One factor may depend on the symbols, and only as a multiplier; each part of its form takes its place in the product. */
function formOfProduct(
  pool: ExpressionPool,
  { factors }: ProductNode,
  dependent: ReadonlySet<ExpressionNode>,
  formOf: FormOf,
): AffineForm | undefined {
  const places = factors.flatMap((factor: Factor, i) => (dependent.has(factor.operand) ? [i] : []));
  const [place] = places;
  if (place === undefined || places.length > 1) return undefined;
  const { operator, operand } = factors[place]!;
  if (operator === '/') return undefined;
  return mapForm(formOf(operand), (part) => pool.product(factors.with(place, { operator, operand: part })));
}

function formOfSelect(pool: ExpressionPool, node: SelectNode, formOf: FormOf): AffineForm {
  const [yes, no] = [formOf(node.whenTrue), formOf(node.whenFalse)];
  const zero = pool.constant(0);
  const coefficients = new Map<ExpressionSymbol, ExpressionNode>();
  for (const symbol of new Set([...yes.coefficients.keys(), ...no.coefficients.keys()])) {
    const [whenTrue, whenFalse] = [yes.coefficients.get(symbol) ?? zero, no.coefficients.get(symbol) ?? zero];
    coefficients.set(symbol, pool.select(node.condition, whenTrue, whenFalse));
  }
  return { kind: 'affine', coefficients, rest: pool.select(node.condition, yes.rest, no.rest) };
}
