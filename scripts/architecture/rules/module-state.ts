import type { Expression, Node } from 'oxc-parser';
import { type Finding, isTest, lineOf, type Rule, type SourceModule } from '../source-module.ts';

interface Breach {
  readonly start: number;
  readonly message: string;
  readonly cure: string;
}

/** A module keeps nothing between calls: what it declares at the top level cannot change, and importing it does nothing. */
export const noModuleState: Rule = {
  name: 'module-state',
  check: ({ modules }) => modules.flatMap(checkModule),
};

const FREEZE = 'give it a readonly type, write `as const`, or keep it in a function or a plain record';

/** Types that name something changeable. */
const MUTABLE_TYPES = ['Array', 'Map', 'Set', 'WeakMap', 'WeakSet', 'Record'] as const;
/** Constructors of something changeable; typed arrays end in `Array`. */
const MUTABLE_CONSTRUCTOR = /^(?:Map|Set|WeakMap|WeakSet|ArrayBuffer|SharedArrayBuffer|DataView|\w*Array)$/;
/** Static functions and methods that make a new, changeable object. */
const MUTABLE_RESULT = [
  'assign',
  'concat',
  'create',
  'entries',
  'filter',
  'flat',
  'flatMap',
  'from',
  'fromEntries',
  'groupBy',
  'keys',
  'map',
  'of',
  'slice',
  'sort',
  'split',
  'toReversed',
  'toSorted',
  'values',
] as const;

function checkModule(module: SourceModule): readonly Finding[] {
  if (module.package === undefined || isTest(module) || module.program.type !== 'Program') return [];
  return module.program.body.flatMap(breachesOfStatement).map(({ start, message, cure }) => ({
    path: module.path,
    line: lineOf(module, start),
    rule: noModuleState.name,
    message,
    cure,
  }));
}

function breachesOfStatement(statement: Node): readonly Breach[] {
  switch (statement.type) {
    case 'ExportNamedDeclaration':
      return statement.declaration === null ? [] : breachesOfStatement(statement.declaration);
    case 'ExportDefaultDeclaration':
      return breachesOfStatement(statement.declaration);
    case 'VariableDeclaration':
      return breachesOfVariables(statement);
    case 'ClassDeclaration':
      return statement.body.body.flatMap(breachesOfMember);
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'FunctionDeclaration':
    case 'TSDeclareFunction':
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'EmptyStatement':
      return [];
    default:
      return [
        {
          start: statement.start,
          message: 'a statement runs when the module is imported',
          cure: 'put it into an exported function and call that',
        },
      ];
  }
}

function breachesOfVariables(
  declaration: Node & { readonly type: 'VariableDeclaration' },
): readonly Breach[] {
  if (declaration.kind !== 'const') {
    const message = `\`${declaration.kind}\` at the top level of a module`;
    return [{ start: declaration.start, message, cure: 'keep the value in a function or in a plain record' }];
  }
  return declaration.declarations.flatMap(({ id, init, start }) => {
    if (init === null) return [];
    const annotation = id.type === 'Identifier' ? id.typeAnnotation?.typeAnnotation : undefined;
    const isSafe = annotation == null ? !isMutableValue(init) : !isMutableType(annotation);
    if (isSafe) return [];
    const name = id.type === 'Identifier' ? `\`${id.name}\`` : 'a value';
    return [{ start, message: `${name} at the top level of a module can be changed`, cure: FREEZE }];
  });
}

function breachesOfMember(member: Node): readonly Breach[] {
  if (member.type === 'StaticBlock') {
    const message = 'a static block runs when the module is imported';
    return [{ start: member.start, message, cure: 'put it into a function' }];
  }
  if (member.type !== 'PropertyDefinition' || !member.static) return [];
  const annotation = member.typeAnnotation?.typeAnnotation;
  const isMutable =
    annotation == null ? member.value !== null && isMutableValue(member.value) : isMutableType(annotation);
  if (member.readonly && !isMutable) return [];
  return [{ start: member.start, message: 'a static member of a class can be changed', cure: FREEZE }];
}

/** A named type counts as readonly, since ours are; arrays, literals of changeable members and the built-in collections do not. */
function isMutableType(type: Node): boolean {
  switch (type.type) {
    case 'TSArrayType':
    case 'TSTupleType':
      return true;
    case 'TSTypeReference': {
      const { typeName } = type;
      if (typeName.type !== 'Identifier') return false;
      const { name } = typeName;
      return (
        MUTABLE_TYPES.some((mutable) => mutable === name) ||
        /^(?:Big)?(?:Ui|I)nt\d+Array$|^Float\d+Array$/.test(name)
      );
    }
    case 'TSTypeLiteral':
      return type.members.some((member) => member.type === 'TSPropertySignature' && !member.readonly);
    case 'TSUnionType':
    case 'TSIntersectionType':
      return type.types.some(isMutableType);
    case 'TSParenthesizedType':
      return isMutableType(type.typeAnnotation);
    default:
      return false;
  }
}

function isMutableValue(value: Expression): boolean {
  switch (value.type) {
    case 'ArrayExpression':
    case 'ObjectExpression':
      return true;
    case 'NewExpression':
      return value.callee.type === 'Identifier' && MUTABLE_CONSTRUCTOR.test(value.callee.name);
    case 'CallExpression':
      return isMutableCall(value.callee);
    case 'TSAsExpression':
      return isConstCast(value.typeAnnotation) ? false : isMutableType(value.typeAnnotation);
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'ParenthesizedExpression':
      return isMutableValue(value.expression);
    case 'ConditionalExpression':
      return isMutableValue(value.consequent) || isMutableValue(value.alternate);
    case 'LogicalExpression':
      return isMutableValue(value.left) || isMutableValue(value.right);
    default:
      return false;
  }
}

function isMutableCall(callee: Expression): boolean {
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return false;
  const { name } = callee.property;
  return MUTABLE_RESULT.some((method) => method === name);
}

function isConstCast(type: Node): boolean {
  return (
    type.type === 'TSTypeReference' && type.typeName.type === 'Identifier' && type.typeName.name === 'const'
  );
}
