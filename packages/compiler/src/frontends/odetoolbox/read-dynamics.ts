import { type ExpressionNode, printExpression } from '@nestml/dynamics';
import { equationOfFunction } from './function-of-time.ts';
import type { JsonMember, JsonString, JsonValue } from './json-text.ts';
import { checkName, type Names, readConstant, readExpression } from './names.ts';
import type { OdeSymbol, OdeVariable } from './problem.ts';
import { itemsOf, membersOf, spanWithin, textOf } from './reading.ts';

const KEYS = ['expression', 'initial_value', 'initial_values', 'lower_bound', 'upper_bound'] as const;
/** Longer parts of an expression are abbreviated in messages. */
const LONGEST_QUOTE = 60;
/** More would be no equation of a model. */
const LARGEST_ORDER = 32;

/** The left-hand side of an entry. Order 0 is a function of time. */
interface Head {
  readonly name: string;
  readonly order: number;
  readonly text: JsonString;
  /** Where the name ends and the right-hand side begins in the text. */
  readonly nameEnd: number;
  readonly nameStart: number;
  readonly bodyStart: number;
  readonly members: ReadonlyMap<string, JsonMember>;
}

/** Reads the left-hand sides and declares the variables; entries that cannot be read are reported and left out. */
export function readHeads(value: JsonValue | undefined, names: Names): readonly Head[] {
  return itemsOf(value, '`dynamics`', names.report).flatMap((entry) => {
    const head = readHead(entry, names);
    return head !== undefined && declareHead(head, names) ? [head] : [];
  });
}

function readHead(entry: JsonValue, { report }: Names): Head | undefined {
  const members = membersOf(entry, 'an entry of `dynamics`', KEYS, report);
  if (entry.kind !== 'object') return undefined;
  const expression = members.get('expression');
  if (expression === undefined) {
    const expected = 'an object with the key `expression`, such as `"x\' = -x/tau"`';
    report('ode-form', entry.span, { what: 'An entry of `dynamics`', expected });
    return undefined;
  }
  const text = textOf(expression.value, '`expression`', report);
  if (text === undefined) return undefined;
  const match = /^(\s*)([\p{L}_$][\p{L}\p{N}_$]*)('*)\s*=(?!=)/u.exec(text.value);
  if (match === null) {
    const problem = "an equation such as `x' = -x/tau` or `x = exp(-t/tau)` is expected";
    report('ode-expression', text.span, { problem });
    return undefined;
  }
  const [whole, space = '', name = '', primes = ''] = match;
  const nameStart = space.length;
  return {
    name,
    order: primes.length,
    text,
    nameStart,
    nameEnd: nameStart + name.length,
    bodyStart: whole.length,
    members,
  };
}

function declareHead(head: Head, names: Names): boolean {
  const { name, order, text, nameStart: start, nameEnd: end } = head;
  const span = spanWithin(text, { start, end });
  if (!checkName(name, span, names)) return false;
  if (names.variables.has(name) || names.symbols.has(name)) {
    names.report('ode-duplicate', span, { name });
    return false;
  }
  if (order > LARGEST_ORDER) {
    names.report('ode-expression', span, { problem: `the order ${order} is above ${LARGEST_ORDER}` });
    return false;
  }
  names.variables.add(name);
  return true;
}

/** Reads right-hand sides and initial values: functions first, since their number of states must be known. */
export function readVariables(heads: readonly Head[], names: Names): readonly OdeVariable[] {
  const functions = new Map<Head, OdeVariable>();
  for (const head of heads) {
    if (head.order > 0) {
      declareStates(head, head.order, names);
      continue;
    }
    const variable = readFunction(head, names);
    if (variable !== undefined) functions.set(head, variable);
    else declareStates(head, 1, names);
  }
  return heads.flatMap((head) => {
    const variable = head.order > 0 ? readEquation(head, names) : functions.get(head);
    return variable === undefined ? [] : [variable];
  });
}

/** Makes the states of a variable, known by their names with primes and those of the result. */
function declareStates(head: Head, order: number, names: Names): readonly OdeSymbol[] {
  const { name, text, nameStart: start, nameEnd: end } = head;
  return Array.from({ length: order }, (_, derivative) => {
    const printed = `${name}${names.options.orderSuffix.repeat(derivative)}`;
    const isTaken = derivative > 0 && (names.variables.has(printed) || names.symbols.has(printed));
    if (isTaken) names.report('ode-duplicate', spanWithin(text, { start, end }), { name: printed });
    const symbol: OdeSymbol = { name: printed, value: 'number', role: 'state' };
    names.symbols.set(`${name}${"'".repeat(derivative)}`, symbol);
    names.symbols.set(printed, symbol);
    return symbol;
  });
}

function readFunction(head: Head, names: Names): OdeVariable | undefined {
  const { name, text, bodyStart, members } = head;
  const { pool, report, time } = names;
  for (const key of ['initial_value', 'initial_values'] as const) {
    const member = members.get(key);
    if (member === undefined) continue;
    const problem = `\`${name}\` is a function of time and gives its initial values itself; remove \`${key}\`, or write \`${name}'\` if this is a differential equation`;
    report('ode-initial-value', member.key.span, { problem });
  }
  const read = readExpression(text, { kind: 'function', variable: name }, names, bodyStart);
  if (read === undefined) return undefined;
  const result = equationOfFunction(pool, read.node, time);
  if (result.kind === 'none') {
    const part = printExpression(result.because, { longest: LONGEST_QUOTE });
    report('ode-no-equation', read.spanOf(result.because), { name, part, reason: result.reason });
    return undefined;
  }
  const { coefficients, initial, factors } = result.equation;
  const states = declareStates(head, coefficients.length, names);
  const terms = coefficients.flatMap((coefficient, i) => {
    const isZero = coefficient.kind === 'constant' && coefficient.value === 0;
    return isZero ? [] : [pool.multiply(coefficient, pool.symbol(states[i]!))];
  });
  const expression = pool.sum(terms.map((operand) => ({ sign: 1, operand })));
  return { ...commonParts(head, names), states, expression, initial, factors };
}

function readEquation(head: Head, names: Names): OdeVariable | undefined {
  const { name, order, text, bodyStart } = head;
  const states = Array.from(
    { length: order },
    (_, derivative) => names.symbols.get(`${name}${"'".repeat(derivative)}`)!,
  );
  const read = readExpression(text, { kind: 'equation', variable: name }, names, bodyStart);
  const initial = readInitialValues(head, names);
  if (read === undefined || initial === undefined) return undefined;
  const written = text.value
    .slice(bodyStart)
    .trim()
    .replace(/'+/g, (primes) => names.options.orderSuffix.repeat(primes.length));
  return { ...commonParts(head, names), states, expression: read.node, initial, text: written };
}

function commonParts(
  { name, text, nameStart: start, nameEnd: end, members }: Head,
  names: Names,
): Pick<OdeVariable, 'name' | 'span' | 'lowerBound' | 'upperBound'> {
  const bound = (key: string): ExpressionNode | undefined => {
    const member = members.get(key);
    return member === undefined ? undefined : readConstant(member.value, `\`${key}\``, names);
  };
  const [lowerBound, upperBound] = [bound('lower_bound'), bound('upper_bound')];
  return {
    name,
    span: spanWithin(text, { start, end }),
    ...(lowerBound === undefined ? {} : { lowerBound }),
    ...(upperBound === undefined ? {} : { upperBound }),
  };
}

/** One value per derivative; what is missing or too much is reported. */
function readInitialValues(head: Head, names: Names): readonly ExpressionNode[] | undefined {
  const { name, order, text, members } = head;
  const [single, several] = [members.get('initial_value'), members.get('initial_values')];
  const refuse = (place: { readonly span: JsonString['span'] }, problem: string): undefined => {
    names.report('ode-initial-value', place.span, { problem });
    return undefined;
  };
  if (single !== undefined && several !== undefined) {
    return refuse(
      single.key,
      `\`${name}\` has both \`initial_value\` and \`initial_values\`; keep one of them`,
    );
  }
  if (single !== undefined) {
    if (order > 1) {
      return refuse(
        single.key,
        `\`${name}\` has the order ${order} and needs ${order} initial values: write \`initial_values\``,
      );
    }
    const value = readConstant(single.value, `The initial value of \`${name}\``, names);
    return value === undefined ? undefined : [value];
  }
  if (several === undefined) {
    const head = spanWithin(text, { start: 0, end: text.value.length });
    const key = order === 1 ? '`initial_value`' : `\`initial_values\` with ${order} entries`;
    return refuse({ span: head }, `\`${name}\` has no initial value; add ${key}`);
  }
  return readInitialMap(head, several, names);
}

function readInitialMap(
  { name, order }: Head,
  several: JsonMember,
  names: Names,
): readonly ExpressionNode[] | undefined {
  const { report } = names;
  const given = membersOf(several.value, '`initial_values`', undefined, report);
  if (several.value.kind !== 'object') return undefined;
  const keys = Array.from({ length: order }, (_, derivative) => [
    `${name}${"'".repeat(derivative)}`,
    `${name}${names.options.orderSuffix.repeat(derivative)}`,
  ]);
  for (const { key } of given.values()) {
    if (keys.flat().includes(key.value)) continue;
    const problem = `an equation of order ${order} has initial values for ${keys.map(([written]) => written).join(', ')} only`;
    report('ode-unknown-derivative', key.span, { name: key.value, problem });
  }
  const values = keys.map((spellings) => {
    const member = spellings.map((key) => given.get(key)).find((found) => found !== undefined);
    if (member !== undefined)
      return readConstant(member.value, `The initial value of \`${spellings[0]}\``, names);
    report('ode-initial-value', several.key.span, {
      problem: `The initial value of \`${spellings[0]}\` is missing`,
    });
    return undefined;
  });
  const known = values.filter((value) => value !== undefined);
  return known.length === order ? known : undefined;
}
