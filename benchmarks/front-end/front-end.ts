// The front end over all models of models/: throughput of the parser, check and format cold and warm, the command in a new process, and
// PyNESTML on the same files.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BenchmarkOptions } from '../catalogue.ts';
import {
  formatNumber,
  interleave,
  judge,
  median,
  minimum,
  type Report,
  type Times,
  timeOf,
} from '../measure.ts';
import type { ColdTimes } from './cold-process.ts';
import { countLines, type ModelText, ROOT, readModelTexts } from './library-texts.ts';
import { measurePynestml, type PynestmlTimes } from './pynestml.ts';
import { checkAll, formatAll, parseAll } from './stages.ts';

const COLD = fileURLToPath(new URL('cold-process.ts', import.meta.url));
const COMMAND = Object.freeze(['node_modules/.bin/nestml', 'check', 'models']);
/** New processes scatter. */
const LEAST_PROCESSES = 7;
/** Rounds over all models before the first that counts, and rounds that count per repeat. */
const WARM_UP = 30;
const ROUNDS = 20;
const LEAST_LINES_PER_SECOND = 500_000;

interface Row {
  readonly name: string;
  /** ms */
  readonly times: Times;
  /** Longest time aimed at, ms. */
  readonly target?: number;
}

/** Times in ms, lines/s, and the ratio to PyNESTML if that is wanted. */
export function measureFrontEnd(repeats: number, { withPynestml }: BenchmarkOptions): Report {
  const texts = readModelTexts();
  const lines = countLines(texts);
  const problems: string[] = [];
  const warm = measureWarm(texts, repeats);
  const cold = measureCold(Math.max(repeats, LEAST_PROCESSES), problems);
  const wall = (name: string): Times => (cold[name] ?? []).map((times) => times.wall);
  const processor = (name: string) =>
    formatNumber(median((cold[name] ?? []).map((times) => times.processor)));
  const command = wall('command');
  const rows: readonly Row[] = [
    { name: 'parse, warm', times: warm['parse'] ?? [], target: (lines / LEAST_LINES_PER_SECOND) * 1000 },
    { name: 'parse and check, warm', times: warm['check'] ?? [], target: 60 },
    { name: 'format, warm', times: warm['format'] ?? [] },
    { name: 'parse, cold', times: wall('parse') },
    { name: 'parse and check, cold', times: wall('check'), target: 150 },
    { name: 'format, cold', times: wall('format') },
    { name: '`nestml check models`, new process', times: command, target: 350 },
  ];
  const throughput = (time: number) => Math.round((lines / time) * 1000);
  const parsing = warm['parse'] ?? [];
  const compared = withPynestml
    ? comparePynestml(texts, median(command), problems)
    : { notes: ['PyNESTML is measured too with --pynestml.'], figures: {} };
  return {
    title: `Front end, ${texts.length} models with ${lines} lines, ms`,
    head: ['what', 'median', 'best', 'target', ''],
    rows: rows.map(cellsOf),
    notes: [
      `parser: ${throughput(median(parsing))} lines/s (best ${throughput(minimum(parsing))}), target ${LEAST_LINES_PER_SECOND}`,
      'cold: the first run in a process whose modules are loaded; compile caches are filled.',
      `cold, processor time of the main thread: parse ${processor('parse')}, parse and check ${processor('check')}, format ${processor('format')}`,
      ...compared.notes,
    ],
    figures: {
      'parse.lines-per-s': throughput(median(parsing)),
      ...Object.fromEntries(rows.map(({ name, times }) => [`${name}.ms`, median(times)])),
      ...compared.figures,
    },
    problems: [...new Set(problems)],
  };
}

function cellsOf({ name, times, target }: Row): readonly string[] {
  const verdict = target === undefined ? [] : [formatNumber(target), judge(median(times), target)];
  return [name, formatNumber(median(times)), formatNumber(minimum(times)), ...verdict];
}

/** Times per round over all models, ms. */
function measureWarm(texts: readonly ModelText[], repeats: number): Readonly<Record<string, Times>> {
  const now = () => performance.now();
  const stages = {
    parse: () => timeOf(() => parseAll(texts), now),
    check: () => timeOf(() => checkAll(texts), now),
    format: () => timeOf(() => formatAll(texts), now),
  };
  interleave(stages, WARM_UP);
  return interleave(stages, repeats * ROUNDS);
}

/** Times in new processes, ms: of the first run of each stage, and of the command as a whole. */
function measureCold(repeats: number, problems: string[]): Readonly<Record<string, readonly ColdTimes[]>> {
  const env = { ...process.env, NODE_COMPILE_CACHE: join(ROOT, '.cache', 'benchmarks', 'compile') };
  const stage = (name: string) => () => {
    const child = spawnSync(process.execPath, [COLD, name], { encoding: 'utf8', env });
    if (child.status !== 0) throw new Error(child.stderr);
    const times: ColdTimes = JSON.parse(child.stdout);
    return times;
  };
  const command = () => {
    let status: number | null = null;
    const time = timeOf(
      () => {
        status = spawnSync(process.execPath, COMMAND, { cwd: ROOT, stdio: 'ignore' }).status;
      },
      () => performance.now(),
    );
    if (status !== 0) problems.push(`nestml check models ended with status ${status}`);
    return { wall: time, processor: Number.NaN };
  };
  const candidates = { parse: stage('parse'), check: stage('check'), format: stage('format'), command };
  // Fills the compile caches.
  interleave(candidates, 1);
  return interleave(candidates, repeats);
}

/** Compares whole processes that load, parse and check all models. `command` is the time of ours, ms. */
function comparePynestml(texts: readonly ModelText[], command: number, problems: string[]) {
  const result = measurePynestml(texts.map(({ path }) => path));
  if ('missing' in result) return { notes: [`PyNESTML was not measured: ${result.missing}`], figures: {} };
  const { times } = result;
  if (times.refused.length > 0)
    problems.push(`PyNESTML refuses, and so does less for, ${times.refused.join(', ')}`);
  const ratio = (times.total * 1000) / command;
  return {
    notes: [sentenceOf(times, ratio)],
    figures: { 'pynestml.s': times.total, 'pynestml.ratio': ratio },
  };
}

function sentenceOf({ version, load, parse, check, total }: PynestmlTimes, ratio: number): string {
  const parts = `load ${formatNumber(load)} s, parse ${formatNumber(parse)} s, check ${formatNumber(check)} s`;
  return `PyNESTML ${version}, new process, once: ${formatNumber(total)} s (${parts}): ${formatNumber(ratio)} times \`nestml check models\`.`;
}
