import type { Node } from 'oxc-parser';
import { type Finding, isTest, lineOf, type Rule, type SourceModule, walk } from '../source-module.ts';
import { hostGlobals, packageTable } from '../table.ts';

/** Only a host touches files, processes, clocks, workers, wasm compilation, the console or chance. */
export const hostGlobalsOnlyInHosts: Rule = {
  name: 'host-globals',
  check: ({ modules }) => modules.flatMap(checkModule),
};

function checkModule(module: SourceModule): readonly Finding[] {
  const rules = module.package === undefined ? undefined : packageTable[module.package];
  if (rules === undefined || rules.isHost === true || isTest(module)) return [];
  const declared = declaredNames(module.program);
  const allowed = rules.hostGlobals ?? [];
  const findings: Finding[] = [];
  const report = (name: string, start: number) => {
    findings.push({
      path: module.path,
      line: lineOf(module, start),
      rule: hostGlobalsOnlyInHosts.name,
      message: `${module.package} uses the global \`${name}\` of the host`,
      cure: 'take it as an argument or through the host object of workbench; only packages/nestml touches the machine',
    });
  };
  walk(module.program, (node, parent) => {
    if (isType(node)) return false;
    if (isMathRandom(node)) report('Math.random', node.start);
    if (node.type !== 'Identifier' || declared.has(node.name) || !isReference(node, parent)) return true;
    if (hostGlobals.some((name) => name === node.name) && !allowed.includes(node.name)) {
      report(node.name, node.start);
    }
    return true;
  });
  return findings;
}

/** Types name host objects without using them. */
function isType(node: Node): boolean {
  switch (node.type) {
    case 'TSTypeAnnotation':
    case 'TSTypeParameterInstantiation':
    case 'TSTypeParameterDeclaration':
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'TSTypeReference':
    case 'TSTypeQuery':
      return true;
    default:
      return false;
  }
}

/** Whether an identifier stands for a variable, and is not the name of a property. */
function isReference(node: Node, parent: Node | undefined): boolean {
  if (parent === undefined) return false;
  switch (parent.type) {
    case 'MemberExpression':
      return parent.computed || parent.object === node;
    case 'Property':
      return parent.computed || parent.value === node;
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return parent.computed || parent.key !== node;
    default:
      return true;
  }
}

function isMathRandom(node: Node): boolean {
  return (
    node.type === 'MemberExpression' &&
    node.object.type === 'Identifier' &&
    node.object.name === 'Math' &&
    node.property.type === 'Identifier' &&
    node.property.name === 'random'
  );
}

/** Every name that the file declares in any scope: such a name is taken for the file's own. */
function declaredNames(program: Node): ReadonlySet<string> {
  const names = new Set<string>();
  const add = (pattern: Node | null) => {
    if (pattern !== null) walk(pattern, (node) => addPatternName(node, names));
  };
  walk(program, (node) => {
    switch (node.type) {
      case 'VariableDeclarator':
        add(node.id);
        break;
      case 'ImportSpecifier':
      case 'ImportDefaultSpecifier':
      case 'ImportNamespaceSpecifier':
        add(node.local);
        break;
      case 'ClassDeclaration':
        add(node.id);
        break;
      case 'CatchClause':
        add(node.param);
        break;
      case 'FunctionDeclaration':
      case 'FunctionExpression':
        add(node.id);
        node.params.forEach(add);
        break;
      case 'ArrowFunctionExpression':
        node.params.forEach(add);
        break;
      default:
        break;
    }
    return true;
  });
  return names;
}

/** Adds the names that a pattern binds; default values and types bind none. */
function addPatternName(node: Node, names: Set<string>): boolean {
  switch (node.type) {
    case 'Identifier':
      names.add(node.name);
      return false;
    case 'AssignmentPattern':
      walk(node.left, (inner) => addPatternName(inner, names));
      return false;
    case 'Property':
      walk(node.value, (inner) => addPatternName(inner, names));
      return false;
    default:
      return !isType(node);
  }
}
