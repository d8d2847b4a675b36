import { type Node, parseSync, visitorKeys } from 'oxc-parser';

/** A parsed TypeScript file of the repository. */
export interface SourceModule {
  /** Path relative to the root, with forward slashes. */
  readonly path: string;
  /** The folder name below `packages/`, or undefined for files outside packages. */
  readonly package: string | undefined;
  readonly text: string;
  readonly program: Node;
  readonly comments: readonly { readonly text: string; readonly start: number }[];
  readonly imports: readonly ImportReference[];
  readonly syntaxErrors: readonly string[];
}

/** One mention of another module. */
export interface ImportReference {
  /** Undefined if the name is computed. */
  readonly specifier: string | undefined;
  /** Whether it vanishes when the types are stripped. */
  readonly isTypeOnly: boolean;
  readonly start: number;
}

/** A package as its `package.json` describes it. */
export interface PackageManifest {
  /** The folder name below `packages/`. */
  readonly folder: string;
  /** Names of the packages that it declares, development dependencies included. */
  readonly dependencies: readonly string[];
}

/** Everything that the rules look at. */
export interface Project {
  readonly modules: readonly SourceModule[];
  readonly packages: readonly PackageManifest[];
}

/** A breach of a rule. */
export interface Finding {
  readonly path: string;
  readonly line: number;
  readonly rule: string;
  readonly message: string;
  readonly cure: string;
}

/** A rule of the architecture. */
export interface Rule {
  /** Kebab-case, shown in messages. */
  readonly name: string;
  readonly check: (project: Project) => readonly Finding[];
}

/** Parses one file. */
export function createSourceModule(path: string, text: string): SourceModule {
  const { program, comments, errors } = parseSync(path, text, { lang: 'ts', sourceType: 'module' });
  return {
    path,
    package: /^packages\/([^/]+)\//.exec(path)?.[1],
    text,
    program,
    comments: comments.map((comment) => ({ text: comment.value, start: comment.start })),
    imports: importsOf(program),
    syntaxErrors: errors.map((error) => error.message),
  };
}

/** Whether a file is a test; tests may use `node:` modules and are as long as they need. */
export function isTest(module: SourceModule): boolean {
  return module.path.endsWith('.test.ts') || /^packages\/[^/]+\/test\//.test(module.path);
}

/** Whether a file is a table or generated, and so as long as its data. */
export function isTable(module: SourceModule): boolean {
  return /\.table\.ts$|\.generated\.ts$|\/messages\/[^/]+\.ts$/.test(module.path);
}

/** The line (from 1) of an offset. */
export function lineOf(module: SourceModule, offset: number): number {
  return module.text.slice(0, offset).split('\n').length;
}

/** The syntactic children of a node, in the order of the text. */
export function childrenOf(node: Node): readonly Node[] {
  const fields: readonly (readonly [string, unknown])[] = Object.entries(node);
  const keys = visitorKeys[node.type] ?? [];
  return fields.flatMap(([key, value]) => {
    if (!keys.includes(key)) return [];
    return Array.isArray(value) ? value.filter(isNode) : [value].filter(isNode);
  });
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

/** Visits a node and everything below it; `enter` returns false to leave a subtree out. */
export function walk(node: Node, enter: (node: Node, parent: Node | undefined) => boolean): void {
  const visit = (current: Node, parent: Node | undefined) => {
    if (!enter(current, parent)) return;
    for (const child of childrenOf(current)) visit(child, current);
  };
  visit(node, undefined);
}

function importsOf(program: Node): readonly ImportReference[] {
  const imports: ImportReference[] = [];
  walk(program, (node) => {
    const reference = importOf(node);
    if (reference !== undefined) imports.push({ ...reference, start: node.start });
    return true;
  });
  return imports;
}

function importOf(node: Node): Omit<ImportReference, 'start'> | undefined {
  switch (node.type) {
    case 'ImportDeclaration': {
      const { specifiers } = node;
      const namesTypes = (specifier: (typeof specifiers)[number]) =>
        specifier.type === 'ImportSpecifier' && specifier.importKind === 'type';
      const isTypeOnly =
        node.importKind === 'type' || (specifiers.length > 0 && specifiers.every(namesTypes));
      return { specifier: node.source.value, isTypeOnly };
    }
    case 'ExportAllDeclaration':
      return { specifier: node.source.value, isTypeOnly: node.exportKind === 'type' };
    case 'ExportNamedDeclaration':
      if (node.source === null) return undefined;
      return { specifier: node.source.value, isTypeOnly: node.exportKind === 'type' };
    case 'TSImportType':
      return { specifier: node.source.value, isTypeOnly: true };
    case 'ImportExpression':
      return { specifier: literalText(node.source), isTypeOnly: false };
    default:
      return undefined;
  }
}

function literalText(node: Node): string | undefined {
  return node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
}
