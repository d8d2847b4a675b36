// Everything that must hold before a change is finished; `npm test` runs it. Stops at the first step that fails. The last
// line counts tests; the exit status decides.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { addCounts, countTests, type TestCounts } from './test-counts.ts';

interface Step {
  readonly name: string;
  /** JavaScript or TypeScript file relative to the root, and its arguments. */
  readonly command: readonly string[];
  /** The vitest project that the step runs. */
  readonly project?: string;
}

const root = dirname(import.meta.dirname);
const reports = join(root, '.cache', 'test-reports');

const steps: readonly Step[] = [
  { name: 'generated files', command: ['scripts/generate.ts', '--check'] },
  {
    name: 'format and lint',
    command: ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'],
  },
  { name: 'architecture', command: ['scripts/lint-architecture.ts'] },
  { name: 'types', command: ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json'] },
  {
    name: 'types of the script of report pages',
    command: ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'packages/report/page'],
  },
  vitest('unit', 'tests'),
  vitest('pack', 'tests of the package that users install'),
];

function vitest(project: string, name: string): Step {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile(project)}`];
  const command = ['node_modules/vitest/vitest.mjs', 'run', '--project', project, ...reporters];
  return { name, command, project };
}

function reportFile(project: string): string {
  return join(reports, `${project}.json`);
}

function runStep(step: Step): { readonly isPassed: boolean; readonly counts: TestCounts } {
  console.log(`\n── ${step.name}`);
  const [script, ...words] = step.command;
  const run = spawnSync(process.execPath, [join(root, script!), ...words], { cwd: root, stdio: 'inherit' });
  const isPassed = run.status === 0;
  if (step.project === undefined) return { isPassed, counts: { passed: 0, failed: isPassed ? 0 : 1 } };
  return { isPassed, counts: countTests(readReport(step.project), isPassed) };
}

function readReport(project: string): string | undefined {
  try {
    return readFileSync(reportFile(project), 'utf8');
  } catch {
    return undefined;
  }
}

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
let total: TestCounts = { passed: 0, failed: 0 };
for (const [index, step] of steps.entries()) {
  const { isPassed, counts } = runStep(step);
  total = addCounts(total, counts);
  if (isPassed) continue;
  const rest = steps.length - index - 1;
  console.error(
    `\nnpm test: “${step.name}” failed${rest === 0 ? '' : `; ${rest} later ${rest === 1 ? 'step was' : 'steps were'} not run`}`,
  );
  process.exitCode = 1;
  break;
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
