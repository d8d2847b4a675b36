// Runs the benchmarks: npm run bench -- [--only NAME…] [--repeats N] [--json FILE]
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError, Option } from 'commander';
import { BENCHMARKS, type Benchmark } from './catalogue.ts';
import { formatMarkdown, formatReport, type Report } from './measure.ts';

interface Options {
  readonly only?: readonly string[];
  readonly repeats: number;
  readonly json?: string;
  readonly markdown?: boolean;
  readonly pynestml?: boolean;
  readonly odetoolbox?: string;
  readonly worker?: string;
}

const names = BENCHMARKS.map(({ name }) => name);

const program = new Command('bench')
  .description(['Measures speed. Nothing else should run on the machine.', '', ...listing()].join('\n'))
  .addOption(new Option('--only <names...>', 'run these alone').choices(names))
  .option('--repeats <number>', 'interleaved repeats, at least 5 for figures to be quoted', readRepeats, 5)
  .option('--json <file>', 'write all figures to a file')
  .option('--markdown', 'print tables for docs/benchmarks.md')
  .option('--pynestml', 'front-end: measure PyNESTML on the same files, installed into .cache (some minutes)')
  .option('--odetoolbox <python>', 'ode-toolbox: measure ODE-toolbox, by a Python that has it (minutes)')
  .addOption(
    new Option('--worker <name>', 'measure in this process and print the report as JSON').hideHelp(),
  );

function listing(): readonly string[] {
  return BENCHMARKS.map(({ name, summary }) => `  ${name.padEnd(13)}${summary}`);
}

function readRepeats(text: string): number {
  const repeats = Number(text);
  if (!Number.isInteger(repeats) || repeats < 1)
    throw new InvalidArgumentError('an integer from 1 on is needed');
  return repeats;
}

/** Measures in a process with the flags of the benchmark; undefined if it failed, which its own words explain. */
function measure({ name, flags }: Benchmark, { repeats, pynestml, odetoolbox }: Options): Report | undefined {
  const wanted = [
    ...(pynestml === true ? ['--pynestml'] : []),
    ...(odetoolbox === undefined ? [] : ['--odetoolbox', odetoolbox]),
  ];
  const words = [fileURLToPath(import.meta.url), '--worker', name, '--repeats', String(repeats), ...wanted];
  const child = spawnSync(process.execPath, [...flags, ...words], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 2 ** 26,
  });
  return child.status === 0 ? JSON.parse(child.stdout) : undefined;
}

async function work(name: string, { repeats, pynestml, odetoolbox }: Options): Promise<void> {
  const benchmark = BENCHMARKS.find((candidate) => candidate.name === name);
  if (benchmark === undefined) throw new Error(`no benchmark ${name}`);
  const peers = {
    withPynestml: pynestml === true,
    ...(odetoolbox === undefined ? {} : { odetoolboxPython: odetoolbox }),
  };
  process.stdout.write(JSON.stringify(await benchmark.run(repeats, peers)));
}

function runAll(options: Options): void {
  const { only, repeats, json, markdown } = options;
  const chosen = BENCHMARKS.filter(({ name }) => only === undefined || only.includes(name));
  const figures: Record<string, Readonly<Record<string, number>>> = {};
  for (const benchmark of chosen) {
    const report = measure(benchmark, options);
    if (report === undefined) console.error(`${benchmark.name} failed`);
    else console.log(markdown === true ? formatMarkdown(report) : formatReport(report));
    if (report === undefined || report.problems.length > 0) process.exitCode = 1;
    if (report !== undefined) figures[benchmark.name] = report.figures;
  }
  if (json === undefined) return;
  const document = { version: 1, node: process.version, repeats, figures };
  writeFileSync(json, `${JSON.stringify(document, undefined, 2)}\n`);
}

const options: Options = program.parse().opts();
if (options.worker === undefined) runAll(options);
else await work(options.worker, options);
