import { describe, expect, it } from 'vitest';
import { relocateImports } from './declarations.ts';
import { thirdPartyLicenses } from './licenses.ts';
import { builtManifest, entryPoints, type SourceManifest } from './manifest.ts';

const manifest: SourceManifest = {
  name: 'nestml',
  version: '1.2.3',
  description: 'd',
  license: 'Apache-2.0',
  exports: { '.': './src/index.ts', './workbench': './src/page.ts' },
};

describe('the manifest of the built package', () => {
  it('has the entries of the sources, as bundles with types, and no dependencies', () => {
    expect(builtManifest({ ...manifest, ...{ dependencies: { a: '1' } } }, 'nestml')).toEqual({
      name: 'nestml',
      version: '1.2.3',
      description: 'd',
      license: 'Apache-2.0',
      type: 'module',
      bin: { nestml: 'bin/nestml.mjs' },
      exports: {
        '.': { types: './types/nestml/src/index.d.ts', default: './index.js' },
        './workbench': { types: './types/nestml/src/page.d.ts', default: './workbench.js' },
        './package.json': './package.json',
      },
      sideEffects: false,
    });
    expect(entryPoints(manifest, 'nestml')).toEqual({
      index: 'packages/nestml/src/index.ts',
      workbench: 'packages/nestml/src/page.ts',
    });
  });
});

describe('declarations', () => {
  const workspace = new Map([
    ['@nestml/units', 'packages/units/src/index.ts'],
    ['@nestml/engine/interface', 'packages/engine/src/interface.ts'],
  ]);
  const relocate = (text: string) => relocateImports(text, 'language/src/model/a.d.ts', workspace);

  it('refer to other packages by relative paths, and to files by their JavaScript names', () => {
    expect(relocate("import type { A } from '@nestml/units';")).toBe(
      "import type { A } from '../../../units/src/index.js';",
    );
    expect(relocate("export declare const a: import('@nestml/engine/interface').A;")).toBe(
      "export declare const a: import('../../../engine/src/interface.js').A;",
    );
    expect(relocate('export * from \'./b.ts\';\nexport { C } from "../c.ts";')).toBe(
      'export * from \'./b.js\';\nexport { C } from "../c.js";',
    );
  });

  it('keep comments and Node modules as they are, and refuse types of third parties', () => {
    const text = "/**\n * import { Network } from 'nestml'\n */\nimport { URL } from 'node:url';";
    expect(relocate(text)).toBe(text);
    expect(() => relocate("import { A } from 'd3-array';")).toThrow(
      'language/src/model/a.d.ts: the public types mention d3-array',
    );
  });
});

describe('the licences of bundled code', () => {
  it('are given once per package, and not for our own files', async () => {
    const modules = `${import.meta.dirname}/../../node_modules`;
    const text = await thirdPartyLicenses([
      `${modules}/commander/lib/command.js`,
      `${modules}/commander/lib/option.js`,
      `${import.meta.dirname}/licenses.ts`,
    ]);
    expect(text.match(/^commander \d+\.\d+\.\d+ \(MIT\)$/gm)).toHaveLength(1);
    expect(text).toContain('Permission is hereby granted');
  });
});
