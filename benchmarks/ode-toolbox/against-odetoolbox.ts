// The analysis of equations, `nestml ode` without reading files, beside ODE-toolbox on the same problems.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createSourceFile } from '@nestml/diagnostics';
import { analyseOde } from '@nestml/workbench';
import { formatNumber, judge, median, minimum, type Report } from '../measure.ts';
import { libraryProblems, type Problem, receptors } from './problems.ts';

const TARGET_MS = 5;
/** Analyses of each problem before the first that counts. */
const WARM_UP = 10;
/** Analyses in one repeat; the least counts. */
const IN_ONE_REPEAT = 5;
/** ODE-toolbox gets this time for one problem, s. */
const LIMIT = 120;
const SCRIPT = fileURLToPath(new URL('time_odetoolbox.py', import.meta.url));

/** What was measured of one problem. */
interface Measured {
  readonly problem: Problem;
  /** ms, one per repeat. */
  readonly own: readonly number[];
  readonly exact: number;
  readonly states: number;
  readonly peer: PeerOutcome | undefined;
}

interface PeerOutcome {
  readonly version?: string;
  readonly seconds?: number;
  readonly exact?: number;
  readonly error?: string;
}

/** All problems; `python` names a Python that has odetoolbox. */
export async function measureAgainstOdeToolbox(repeats: number, python: string | undefined): Promise<Report> {
  const problems = [1, 2, 3, 4].map(receptors).concat(libraryProblems());
  const measured: Measured[] = [];
  for (const problem of problems) measured.push(await measureOne(problem, repeats, python));
  const version = measured.find(({ peer }) => peer?.version !== undefined)?.peer?.version;
  return {
    title: `Analysis of equations, ms${version === undefined ? '' : `, beside ODE-toolbox ${version}`}`,
    head: [
      'problem',
      'states',
      'exact',
      'nestml',
      'best',
      `≤ ${TARGET_MS}`,
      'ODE-toolbox',
      'exact there',
      'ratio',
    ],
    rows: measured.map(rowOf),
    notes: [
      'From the JSON text to the answer in a process that has analysed the problem before, without the stiffness test; ODE-toolbox in a process of its own each, the import aside.',
      ...(python === undefined
        ? ['ODE-toolbox was not measured: --odetoolbox names a Python that has it.']
        : []),
    ],
    figures: Object.fromEntries(
      measured.flatMap(({ problem, own, peer }) => [
        [`${problem.name}.nestml.ms`, median(own)],
        ...(peer?.seconds === undefined ? [] : [[`${problem.name}.odetoolbox.ms`, 1000 * peer.seconds]]),
      ]),
    ),
    problems: [],
  };
}

async function measureOne(problem: Problem, repeats: number, python: string | undefined): Promise<Measured> {
  const source = createSourceFile(problem.name, problem.text);
  const analyse = async () => {
    const outcome = await analyseOde(source, { disableStiffnessCheck: true });
    if (!outcome.ok)
      throw new Error(`${problem.name}: ${outcome.diagnostics.map(({ message }) => message).join(' ')}`);
    return outcome.analysis.result;
  };
  const result = await analyse();
  for (let i = 1; i < WARM_UP; i += 1) await analyse();
  const own: number[] = [];
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    const times: number[] = [];
    for (let i = 0; i < IN_ONE_REPEAT; i += 1) {
      const start = performance.now();
      await analyse();
      times.push(performance.now() - start);
    }
    own.push(minimum(times));
  }
  const count = (chosen: typeof result) =>
    chosen.reduce((sum, entry) => sum + entry.state_variables.length, 0);
  const exact = count(result.filter(({ solver }) => solver === 'analytical'));
  const peer = python === undefined ? undefined : measurePeer(python, problem);
  return { problem, own, exact, states: count(result), peer };
}

function measurePeer(python: string, { name, text }: Problem): PeerOutcome {
  process.stderr.write(`ODE-toolbox: ${name} …\n`);
  const run = spawnSync(python, [SCRIPT], {
    input: text,
    encoding: 'utf8',
    timeout: 1000 * LIMIT,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const last = (run.stdout ?? '').trim().split('\n').at(-1) ?? '';
  if (last.startsWith('{')) return JSON.parse(last);
  return { error: run.error === undefined ? 'failed' : `> ${LIMIT} s` };
}

function rowOf({ problem, own, exact, states, peer }: Measured): readonly string[] {
  const time = median(own);
  const seconds = peer?.seconds;
  const refused = peer?.error === undefined ? undefined : peer.seconds === undefined ? peer.error : 'refuses';
  return [
    problem.name,
    String(states),
    String(exact),
    formatNumber(time),
    formatNumber(minimum(own)),
    judge(time, TARGET_MS),
    refused ?? formatNumber(seconds === undefined ? undefined : 1000 * seconds),
    peer?.exact === undefined ? '–' : String(peer.exact),
    refused !== undefined || seconds === undefined ? '–' : formatNumber((1000 * seconds) / time),
  ];
}
