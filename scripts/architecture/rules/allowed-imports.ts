import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import {
  type Finding,
  type ImportReference,
  isTest,
  lineOf,
  type PackageManifest,
  type Rule,
  type SourceModule,
} from '../source-module.ts';
import { type PackageRules, packageTable, testPackages } from '../table.ts';

interface Breach {
  readonly message: string;
  readonly cure: string;
}

/** A file imports only what the table allows its package, through the entries of other packages, and only what is declared. */
export const allowedImports: Rule = {
  name: 'allowed-imports',
  check: ({ modules, packages }) => [
    ...packages.flatMap(checkManifest),
    ...modules.flatMap((module) =>
      module.package === undefined ? [] : checkModule(module, module.package, packages),
    ),
  ],
};

function checkManifest(manifest: PackageManifest): readonly Finding[] {
  const path = `packages/${manifest.folder}/package.json`;
  const rules = packageTable[manifest.folder];
  if (rules === undefined) return [finding(path, 1, unknownPackage(manifest.folder))];
  return manifest.dependencies
    .map((name) => /^@nestml\/(.+)$/.exec(name)?.[1])
    .filter((name) => name !== undefined)
    .filter((name) => !rules.imports.some((allowed) => allowed.split('/')[0] === name))
    .map((name) => finding(path, 1, notAllowed(manifest.folder, name, rules)));
}

function checkModule(
  module: SourceModule,
  folder: string,
  packages: readonly PackageManifest[],
): readonly Finding[] {
  const rules = packageTable[folder];
  if (rules === undefined) return [];
  const declared = packages.find((manifest) => manifest.folder === folder)?.dependencies ?? [];
  return module.imports.flatMap((reference) => {
    const breach = breachOf(reference, module, folder, rules, declared);
    return breach === undefined ? [] : [finding(module.path, lineOf(module, reference.start), breach)];
  });
}

function breachOf(
  { specifier }: ImportReference,
  module: SourceModule,
  folder: string,
  rules: PackageRules,
  declared: readonly string[],
): Breach | undefined {
  if (specifier === undefined) {
    if (isTest(module) || rules.isHost === true) return undefined;
    return { message: 'the name of an import is computed', cure: 'write the module name as a plain string' };
  }
  if (/^\.{1,2}(\/|$)/.test(specifier)) return relativeBreach(specifier, module, folder);
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) {
    return nodeBreach(specifier, module, folder, rules);
  }
  const workspace = /^@nestml\/(.+)$/.exec(specifier)?.[1];
  if (workspace !== undefined && isTest(module) && rules.testImports?.includes(workspace) === true)
    return undefined;
  if (workspace !== undefined) return workspaceBreach(workspace, folder, rules, declared);
  if (isTest(module) && testPackages.some((name) => name === specifier)) return undefined;
  const name = packageName(specifier);
  if (declared.includes(name)) return undefined;
  return {
    message: `${name} is not declared in packages/${folder}/package.json`,
    cure: 'declare it there, or do without it',
  };
}

function relativeBreach(specifier: string, module: SourceModule, folder: string): Breach | undefined {
  const target = posix.join(posix.dirname(module.path), specifier);
  if (target.startsWith(`packages/${folder}/`) || isTest(module)) return undefined;
  return {
    message: `${specifier} leaves the package`,
    cure: 'import another package by its name, through its index',
  };
}

function nodeBreach(
  specifier: string,
  module: SourceModule,
  folder: string,
  rules: PackageRules,
): Breach | undefined {
  if (rules.isHost === true || isTest(module)) return undefined;
  return {
    message: `${folder} imports ${specifier}, which exists only on Node`,
    cure: 'take what is needed as an argument or through the host object of workbench',
  };
}

function workspaceBreach(
  name: string,
  folder: string,
  rules: PackageRules,
  declared: readonly string[],
): Breach | undefined {
  const base = name.split('/')[0]!;
  const allowed = rules.imports.map((entry) => entry.split('/')[0]);
  if (!allowed.includes(base)) return notAllowed(folder, name, rules);
  if (!rules.imports.includes(name)) {
    return {
      message: `@nestml/${name} is not the entry that ${folder} may use`,
      cure: `import one of: ${rules.imports.map((entry) => `@nestml/${entry}`).join(', ')}; export what is missing from its index`,
    };
  }
  if (declared.includes(`@nestml/${base}`)) return undefined;
  return {
    message: `@nestml/${base} is not declared in packages/${folder}/package.json`,
    cure: 'declare it there',
  };
}

function notAllowed(folder: string, name: string, rules: PackageRules): Breach {
  const list = rules.imports.length === 0 ? 'no other package' : rules.imports.join(', ');
  return {
    message: `${folder} may not import ${name}; it may import ${list}`,
    cure: 'move the code to the package that may, or hand the data over as an argument',
  };
}

function unknownPackage(folder: string): Breach {
  return {
    message: `the package ${folder} is not in the table of allowed imports`,
    cure: 'add it to scripts/architecture/table.ts and to docs/architecture.md',
  };
}

function finding(path: string, line: number, breach: Breach): Finding {
  return { path, line, rule: allowedImports.name, ...breach };
}

function packageName(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}
