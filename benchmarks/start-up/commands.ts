// Commands of the command line, each in a new process, with a compile cache that an earlier call has filled.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { formatNumber, interleave, judge, median, minimum, type Report, timeOf } from '../measure.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const NESTML = 'node_modules/.bin/nestml';
/** More than elsewhere: new processes scatter. */
const LEAST_REPEATS = 7;

interface Call {
  readonly words: readonly string[];
  /** s */
  readonly target?: number;
}

const COMMANDS: Readonly<Record<string, Call>> = Object.freeze({
  'node -e 0': { words: ['-e', '0'] },
  'nestml --version': { words: [NESTML, '--version'] },
  'nestml list': { words: [NESTML, 'list'] },
  'nestml check models': { words: [NESTML, 'check', 'models'] },
  'nestml simulate iaf_psc_exp --for "200 ms" --json': {
    words: [NESTML, 'simulate', 'iaf_psc_exp', '--for', '200 ms', '--json'],
  },
  'nestml simulate hh_psc_alpha --for "200 ms" --json': {
    words: [NESTML, 'simulate', 'hh_psc_alpha', '--for', '200 ms', '--json'],
    target: 0.7,
  },
});

/** Wall time of the commands, s. */
export function measureCommands(repeats: number): Report {
  const problems: string[] = [];
  const callOf = ([name, { words }]: readonly [string, Call]) => [
    name,
    () => secondsOf(name, words, problems),
  ];
  const candidates: Record<string, () => number> = Object.fromEntries(Object.entries(COMMANDS).map(callOf));
  for (const fillCache of Object.values(candidates)) fillCache();
  const times = interleave(candidates, Math.max(repeats, LEAST_REPEATS));
  const rows = Object.entries(COMMANDS).map(([name, { target }]) => {
    const own = times[name] ?? [];
    const verdict = target === undefined ? [] : [String(target), judge(median(own), target)];
    return [name, formatNumber(median(own)), formatNumber(minimum(own)), ...verdict];
  });
  return {
    title: 'Commands in a new process, s',
    head: ['command', 'median', 'best', 'target', ''],
    rows,
    notes: [],
    figures: Object.fromEntries(Object.entries(times).map(([name, own]) => [`${name}.s`, median(own)])),
    problems: [...new Set(problems)],
  };
}

function secondsOf(name: string, words: readonly string[], problems: string[]): number {
  let status: number | null = null;
  const milliseconds = timeOf(
    () => {
      status = spawnSync(process.execPath, words, {
        cwd: ROOT,
        stdio: ['ignore', 'ignore', 'ignore'],
      }).status;
    },
    () => performance.now(),
  );
  if (status !== 0) problems.push(`${name} ended with status ${status}`);
  return milliseconds / 1000;
}
