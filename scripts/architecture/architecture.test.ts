import { describe, expect, it } from 'vitest';
import { checkArchitecture, formatFinding, rules } from './check-architecture.ts';
import { createSourceModule, type PackageManifest } from './source-module.ts';
import { packageTable } from './table.ts';

type Files = Readonly<Record<string, string>>;

const manifests: readonly PackageManifest[] = [
  { folder: 'diagnostics', dependencies: [] },
  { folder: 'units', dependencies: [] },
  { folder: 'language', dependencies: ['@nestml/diagnostics', '@nestml/units'] },
  { folder: 'report', dependencies: ['@nestml/diagnostics', 'd3-array', '@scope/tool'] },
  { folder: 'compiler', dependencies: ['@nestml/engine', '@nestml/dynamics'] },
  { folder: 'nestml', dependencies: ['@nestml/workbench', 'commander'] },
];

/** What the whole linter says about some files: `file:line rule`. */
function lint(files: Files, packages = manifests): readonly string[] {
  const modules = Object.entries(files).map(([path, text]) => createSourceModule(path, text));
  return checkArchitecture({ modules, packages }).map((found) => `${found.path}:${found.line} ${found.rule}`);
}

const file = 'packages/language/src/a.ts';

/** The rules that a file of the package `language` breaks. */
function broken(text: string, path = file): readonly string[] {
  return lint({ [path]: text }).map((line) => line.split(' ')[1]!);
}

describe('the table of allowed imports', () => {
  it.each([
    ['a package of the table', file, "import { a } from '@nestml/units';"],
    ['a file of the package', 'packages/language/src/parse/b.ts', "import { a } from '../a.ts';"],
    ['a declared dependency', 'packages/report/src/a.ts', "import { max } from 'd3-array';"],
    [
      'a declared dependency by a longer name',
      'packages/report/src/a.ts',
      "import x from '@scope/tool/part';",
    ],
    [
      'the allowed entry of a package',
      'packages/compiler/src/a.ts',
      "import { a } from '@nestml/engine/interface';",
    ],
    ['Node modules in the host', 'packages/nestml/src/a.ts', "import { readFile } from 'node:fs/promises';"],
    [
      'what the tests of a package may import besides',
      'packages/engine/src/a.test.ts',
      "import { a } from '@nestml/compiler';",
    ],
    [
      'Node modules and test tools in a test',
      'packages/language/src/a.test.ts',
      "import 'node:fs';\nimport 'vitest';\nimport 'fast-check';",
    ],
  ])('accepts %s', (_name, path, text) => {
    expect(broken(text, path)).toEqual([]);
  });

  it.each([
    ['a package that the table does not allow', file, "import { a } from '@nestml/reference';"],
    ['a type of such a package', file, "type A = import('@nestml/reference').A;"],
    ['a re-export of such a package', file, "export * from '@nestml/workbench';"],
    ['a dynamic import of such a package', file, "export const f = () => import('@nestml/workbench');"],
    ['a deep import', file, "import { a } from '@nestml/units/src/unit.ts';"],
    ['the wrong entry of a package', 'packages/compiler/src/a.ts', "import { a } from '@nestml/engine';"],
    [
      'outside tests what only tests may import',
      'packages/engine/src/a.ts',
      "import { a } from '@nestml/compiler';",
    ],
    ['a relative path into another package', file, "import { a } from '../../units/src/unit.ts';"],
    [
      'a package that is allowed but not declared',
      'packages/report/src/a.ts',
      "import { a } from '@nestml/units';",
    ],
    ['a third party that is not declared', file, "import { max } from 'd3-array';"],
    ['a test tool outside tests', file, "import fc from 'fast-check';"],
    ['a Node module', file, "import { readFile } from 'node:fs';"],
    ['a Node module without its prefix', file, "import { join } from 'path';"],
    ['a computed import', file, 'export const f = (name: string) => import(name);'],
  ])('refuses %s', (_name, path, text) => {
    expect(broken(text, path)).toEqual(['allowed-imports']);
  });

  it('refuses a declared dependency that the table does not allow, and a package that is not in the table', () => {
    const packages = [
      { folder: 'units', dependencies: ['@nestml/language'] },
      { folder: 'miscellany', dependencies: [] },
    ];
    expect(lint({}, packages)).toEqual([
      'packages/miscellany/package.json:1 allowed-imports',
      'packages/units/package.json:1 allowed-imports',
    ]);
  });

  it('has no cycle', () => {
    const visit = (name: string, trail: readonly string[]): void => {
      expect(trail).not.toContain(name);
      for (const entry of packageTable[name]!.imports) visit(entry.split('/')[0]!, [...trail, name]);
    };
    for (const name of Object.keys(packageTable)) visit(name, []);
  });
});

describe('objects of the host', () => {
  it.each([
    ['process.exit()', 'export const f = () => process.exit();'],
    ['console', 'export const f = () => console.log();'],
    ['Date', 'export const f = () => new Date();'],
    ['performance', 'export const f = () => performance.now();'],
    ['setTimeout', 'export const f = () => setTimeout(f, 1);'],
    ['WebAssembly', 'export const f = (b: BufferSource) => WebAssembly.compile(b);'],
    ['Buffer as a value of a property', 'export const f = () => ({ make: Buffer });'],
    ['a shorthand', 'export const f = () => ({ fetch });'],
    ['globalThis', 'export const f = () => globalThis.x;'],
    ['Math.random', 'export const f = () => Math.random();'],
    ['a default value', 'export const f = (now = Date.now) => now;'],
  ])('are refused: %s', (_name, text) => {
    expect(broken(text)).toEqual(['host-globals']);
  });

  it.each([
    ['a property of that name', 'export const f = (host: Host) => host.console.fetch();'],
    ['a key of that name', 'export const f = () => ({ process: 1, fetch() {} });'],
    ['a parameter of that name', 'export const f = (process: number) => process + 1;'],
    ['a destructured name', 'export const f = ({ console }: Host) => console.log();'],
    [
      'an import of that name',
      "import { Worker } from '@nestml/units';\nexport const f = () => new Worker();",
    ],
    ['a type', 'export const f = (date: Date, worker: typeof fetch): Buffer | undefined => undefined;'],
  ])('are not confused with %s', (_name, text) => {
    expect(broken(text)).toEqual([]);
  });

  it('are left to the host, to tests, and to packages whose table says so', () => {
    const text = 'export const f = (b: BufferSource) => WebAssembly.compile(b);';
    expect(broken(text, 'packages/nestml/src/a.ts')).toEqual([]);
    expect(broken(text, 'packages/engine/src/a.ts')).toEqual([]);
    expect(broken(text, 'packages/language/src/a.test.ts')).toEqual([]);
  });
});

describe('types', () => {
  it.each([
    'let a = f() as any;',
    'type A = readonly any[];',
    'type A = B<any>;',
    'const f = (x: any) => x;',
  ])('are not given up: %s', (text) => {
    expect(broken(text)).toContain('no-any');
  });

  it('are not replaced by way of unknown, in tests and scripts neither', () => {
    const text = 'export const f = (x: A) => x as unknown as B;';
    expect(broken(text)).toEqual(['no-any']);
    expect(broken(text, 'packages/language/src/a.test.ts')).toEqual(['no-any']);
    expect(broken(text, 'scripts/a.ts')).toEqual(['no-any']);
  });

  it('may be unknown, and a name may contain any', () => {
    expect(broken('export const any = (x: unknown) => x as Many;')).toEqual([]);
  });
});

describe('comments', () => {
  it.each([
    '// @ts-ignore',
    '/* biome-ignore lint: x */',
    '// eslint-disable-next-line',
    '// TODO later',
    '/** FIXME */',
  ])('hide nothing and postpone nothing: %s', (comment) => {
    expect(broken(`${comment}\nexport const a = 1;`)).toEqual(['no-suppressions']);
  });

  it('of tests may expect a type error; texts may contain such words', () => {
    expect(broken('// @ts-expect-error wrong on purpose\nf(1);', 'packages/language/src/a.test.ts')).toEqual(
      [],
    );
    expect(broken('// @ts-expect-error\nexport const a = 1;')).toEqual(['no-suppressions']);
    expect(broken("export const a = '// TODO';")).toEqual([]);
  });
});

describe('the state of a module', () => {
  it.each([
    ['let', 'export let a = 1;'],
    ['var', 'var a = 1;'],
    ['a new Map', 'const a = new Map();'],
    ['a new Set in an export', 'export const a = new Set<string>([1]);'],
    ['a typed array', 'const a = new Float64Array(3);'],
    ['an array', 'const a = [1];'],
    ['an object', 'const a = { b: 1 };'],
    ['an object that only satisfies a type', 'const a = { b: 1 } satisfies B;'],
    ['an array with a mutable type', 'const a: number[] = [];'],
    ['a map with a mutable type', 'const a: Map<string, number> = f();'],
    ['a record with a mutable type', 'const a: Record<string, number> = {};'],
    ['an object with a mutable member type', 'const a: { b: number } = f();'],
    ['a result of map', 'const a = names.map((name) => name);'],
    ['Object.fromEntries', 'const a = Object.fromEntries(entries);'],
    ['one side of a condition', 'const a = b ? undefined : [];'],
    ['a static member', 'export class A { static b = 1; }'],
    ['a static block', 'export class A { static { f(); } }'],
    ['a call', "register('a');"],
    ['an assignment', 'table.a = 1;'],
    ['an if', 'if (a) f();'],
  ])('is refused: %s', (_name, text) => {
    expect(broken(text)).toEqual(['module-state']);
  });

  it.each([
    ['numbers, texts and patterns', "const a = 1, b = 'x', c = /x/u, d = -1n;"],
    ['as const', 'const a = { b: [1] } as const;'],
    ['as const that satisfies a type', 'const a = { b: 1 } as const satisfies B;'],
    ['readonly arrays', 'const a: readonly number[] = [1];'],
    [
      'readonly collections',
      'const a: ReadonlyMap<string, number> = new Map();\nconst b: ReadonlySet<string> = new Set();',
    ],
    ['readonly records', 'const a: Readonly<Record<string, number>> = {};'],
    ['a named type', 'export const a: Pass = { name: "x" };'],
    ['frozen objects', 'const a = Object.freeze({ b: 1 });'],
    ['message tables', 'export const a = defineMessages({});'],
    [
      'functions and classes',
      'const f = () => { let a = 1; return a; };\nclass A { b = []; static readonly c = 1; }',
    ],
  ])('is not seen in %s', (_name, text) => {
    expect(broken(text)).toEqual([]);
  });

  it('is left to tests and scripts', () => {
    expect(broken('let a = 1;\nf(a);', 'packages/language/src/a.test.ts')).toEqual([]);
    expect(broken('let a = 1;\nf(a);', 'scripts/a.ts')).toEqual([]);
  });
});

describe('imports between files', () => {
  const path = (name: string) => `packages/language/src/${name}.ts`;
  const importing = (...names: readonly string[]) =>
    names.map((name) => `import { ${name} } from './${name}.ts';`).join('\n');

  it('may share a file', () => {
    expect(
      lint({
        [path('a')]: importing('b', 'c'),
        [path('b')]: importing('d'),
        [path('c')]: importing('d'),
        [path('d')]: '',
      }),
    ).toEqual([]);
  });

  it('may not go round, and each circle is reported once at its first file', () => {
    const files = {
      [path('c')]: importing('a'),
      [path('a')]: `\n${importing('b')}`,
      [path('b')]: importing('c'),
    };
    expect(lint(files)).toEqual([`${path('a')}:2 import-cycles`]);
  });

  it('may go round among the files of one folder, but not through two', () => {
    const room = (name: string) => `packages/language/src/parse/${name}.ts`;
    expect(lint({ [room('a')]: importing('b'), [room('b')]: importing('a') })).toEqual([]);
    expect(
      lint({ [room('a')]: "import { b } from '../b.ts';", [path('b')]: "import { a } from './parse/a.ts';" }),
    ).toEqual([`${path('b')}:1 import-cycles`]);
    expect(lint({ [room('a')]: importing('a') })).toEqual([`${room('a')}:1 import-cycles`]);
  });

  it('may not go round by a re-export or to the file itself', () => {
    expect(lint({ [path('a')]: "export * from './b.ts';", [path('b')]: importing('a') })).toEqual([
      `${path('a')}:1 import-cycles`,
    ]);
    expect(lint({ [path('a')]: importing('a') })).toEqual([`${path('a')}:1 import-cycles`]);
  });

  it('may go round where only types are meant', () => {
    expect(
      lint({
        [path('a')]: "import type { B } from './b.ts';",
        [path('b')]: "import { type A } from './a.ts';",
      }),
    ).toEqual([]);
  });
});

describe('lengths', () => {
  const body = (lines: number) => '  f();\n'.repeat(lines);

  it('of files are below 500 lines', () => {
    expect(broken('\n'.repeat(499))).toEqual([]);
    expect(broken(`${'\n'.repeat(499)}type A = 1;\n`)).toEqual(['lengths']);
  });

  it('of functions are below 60 lines', () => {
    expect(broken(`function g() {\n${body(57)}}`)).toEqual([]);
    expect(lint({ [file]: `\nfunction g() {\n${body(58)}}` })).toEqual([`${file}:2 lengths`]);
    expect(broken(`const g = () => {\n${body(58)}};`)).toEqual(['lengths']);
    expect(broken(`class A {\n  g() {\n${body(58)}  }\n}`)).toEqual(['lengths']);
  });

  it('do not concern tables, messages, generated files and tests', () => {
    const text = `function g() {\n${body(600)}}`;
    for (const name of ['a.table.ts', 'messages/a.ts', 'a.generated.ts', 'a.test.ts']) {
      expect(broken(text, `packages/language/src/${name}`)).toEqual([]);
    }
  });

  it('do not concern a function that is one switch of short cases', () => {
    const cases = (lines: number) => `    case 1:\n${'      f();\n'.repeat(lines)}`.repeat(20);
    const text = (lines: number) => `${cases(lines)}  }\n}`;
    const head = 'function g(x: number) {\n  const a = 1;\n  switch (x) {\n';
    expect(broken(head + text(4))).toEqual([]);
    expect(broken(head + text(9))).toEqual(['lengths']);
    expect(broken(head.replace('const a = 1;\n', body(8)) + text(4))).toEqual(['lengths']);
  });
});

describe('a breach', () => {
  it('is told with place, rule, cause and cure', () => {
    const module = createSourceModule(file, "\nimport { a } from '@nestml/workbench';\n");
    const [found] = checkArchitecture({ modules: [module], packages: manifests });
    expect(formatFinding(found!)).toBe(
      `${file}:2: [allowed-imports] language may not import workbench; it may import diagnostics, units. Cure: move the code to the package that may, or hand the data over as an argument.`,
    );
  });

  it('is also a file that cannot be read', () => {
    expect(broken('const = ;')).toContain('syntax');
  });

  it('has a rule with a name of its own', () => {
    const names = rules.map((rule) => rule.name);
    expect(new Set(names).size).toBe(names.length);
  });
});
