import type { Node } from 'oxc-parser';
import {
  type Finding,
  isTable,
  isTest,
  lineOf,
  type Rule,
  type SourceModule,
  walk,
} from '../source-module.ts';
import { maximumFileLines, maximumFunctionLines } from '../table.ts';

/** Files and functions stay short enough to be read at once. Tests, tables and generated files are exempt. */
export const lengths: Rule = {
  name: 'lengths',
  check: ({ modules }) =>
    modules
      .filter((module) => !isTest(module) && !isTable(module))
      .flatMap((module) => [...checkFile(module), ...checkFunctions(module)]),
};

function checkFile(module: SourceModule): readonly Finding[] {
  const lines = module.text.replace(/\n$/, '').split('\n').length;
  if (lines < maximumFileLines) return [];
  return [
    {
      path: module.path,
      line: 1,
      rule: lengths.name,
      message: `the file has ${lines} lines, ${maximumFileLines - 1} are allowed`,
      cure: 'split it by what its parts are about; a table of data belongs into a file named *.table.ts',
    },
  ];
}

function checkFunctions(module: SourceModule): readonly Finding[] {
  const findings: Finding[] = [];
  walk(module.program, (node, parent) => {
    if (!isFunction(node)) return true;
    const lines = linesOf(module, node);
    if (lines < maximumFunctionLines || isPlainSwitch(module, node)) return true;
    findings.push({
      path: module.path,
      line: lineOf(module, node.start),
      rule: lengths.name,
      message: `${nameOf(node, parent)} has ${lines} lines, ${maximumFunctionLines - 1} are allowed`,
      cure: 'move its steps into functions whose names say what they do',
    });
    return true;
  });
  return findings;
}

type FunctionNode = Node & {
  readonly type: 'FunctionDeclaration' | 'FunctionExpression' | 'ArrowFunctionExpression';
};

function isFunction(node: Node): node is FunctionNode {
  return (
    node.type === 'FunctionDeclaration' ||
    node.type === 'FunctionExpression' ||
    node.type === 'ArrowFunctionExpression'
  );
}

/**
 * An exhaustive switch is as long as its union: exempt is a function with one switch, whose cases have under ten lines each
 * and beside which there are under ten lines.
 */
function isPlainSwitch(module: SourceModule, node: FunctionNode): boolean {
  const { body } = node;
  if (body === null || body.type !== 'BlockStatement') return false;
  const switches = body.body.filter((statement) => statement.type === 'SwitchStatement');
  const [only] = switches;
  if (only === undefined || switches.length > 1) return false;
  const beside = linesOf(module, node) - linesOf(module, only);
  return beside < 10 && only.cases.every((branch) => linesOf(module, branch) < 10);
}

function linesOf(module: SourceModule, node: Node): number {
  return lineOf(module, node.end) - lineOf(module, node.start) + 1;
}

function nameOf(node: FunctionNode, parent: Node | undefined): string {
  if (node.id != null) return `the function ${node.id.name}`;
  if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier') {
    return `the function ${parent.id.name}`;
  }
  if (parent?.type === 'MethodDefinition' && parent.key.type === 'Identifier') {
    return `the method ${parent.key.name}`;
  }
  return 'a function';
}
