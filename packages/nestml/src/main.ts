import { InternalError } from '@nestml/diagnostics';
import { HostError } from '@nestml/workbench/host';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { Console, GlobalOptions } from './console.ts';
import { exitStatus } from './exit-status.ts';
import { version } from './version.ts';

/** Runs one command line (the words after `nestml`) and gives its exit status. Never rejects. */
export async function main(words: readonly string[], console: Console): Promise<number> {
  let status: number = exitStatus.done;
  const program = createProgram(console, (result) => {
    status = result;
  });
  try {
    await program.parseAsync(words.map(withoutLeadingDash), { from: 'user' });
    return status;
  } catch (error) {
    return statusOfError(error, console);
  }
}

/** `-#name`, a model of the standard input, is no option. */
function withoutLeadingDash(word: string): string {
  return word.startsWith('-#') ? `<stdin>${word.slice(1)}` : word;
}

function statusOfError(error: unknown, console: Console): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitStatus.done : exitStatus.wrongUsage;
  if (error instanceof HostError) {
    console.error(`error: ${error.path}: ${error.reason}\n`);
    return exitStatus.machine;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const kind =
    error instanceof InternalError ? 'an assumption of nestml does not hold' : 'nestml failed unexpectedly';
  console.error(`error: this is a bug in nestml, not in your model: ${kind}.\n`);
  console.error(`Please report it with the model and this text (nestml ${version}):\n${text}\n`);
  return exitStatus.bug;
}

type Finish = (status: number) => void;

function createProgram(console: Console, finish: Finish): Command {
  const program = new Command('nestml')
    .description('Neuron and synapse models as text with physical units: checked, explained and run.')
    .version(version, '-V, --version', 'print the version')
    .addOption(
      new Option('--color <when>', 'colours on a terminal').choices(['never', 'auto']).default('auto'),
    )
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .showHelpAfterError('(`nestml --help` lists commands and options)')
    .configureOutput({ writeOut: (text) => console.out(text), writeErr: (text) => console.error(text) })
    .exitOverride();
  addCheck(program, console, finish);
  addFix(program, console, finish);
  addMigrate(program, console, finish);
  addFormat(program, console, finish);
  addSimulate(program, console, finish);
  addCurve(program, console, finish);
  addPsp(program, console, finish);
  addWindow(program, console, finish);
  addAnalyse(program, console, finish);
  addOde(program, console, finish);
  addList(program, console, finish);
  for (const command of program.commands) {
    command.addOption(new Option('--color <when>', 'colours on a terminal').choices(['never', 'auto']));
    command.helpOption('-h, --help', 'print this help');
    command.showHelpAfterError(`(\`nestml ${command.name()} --help\` lists the options)`);
  }
  return program;
}

function globalOptions(command: Command): GlobalOptions {
  const own = command.opts<{ color?: GlobalOptions['color'] }>().color;
  return { color: own ?? command.parent?.opts<GlobalOptions>().color ?? 'auto' };
}

const collect = (value: string, earlier: readonly string[]): readonly string[] => [...earlier, value];
const none: readonly string[] = [];

const SOLVER_OPTION =
  'what integrates equations without exact solution: auto, dormand-prince, rkf45, rosenbrock, exponential-euler, rk4, forward-euler';

/** The dialect of old texts; `readDialect` reads its value. */
function fromOption(): Option {
  return new Option(
    '--from <version>',
    'version of NESTML in which the text is written, e.g. 3.1 (default: recognised)',
  );
}

/** For an option whose repetition would silently drop the first value. */
function onlyOnce(value: string, earlier: string | undefined): string {
  if (earlier === undefined) return value;
  throw new InvalidArgumentError(`It was given already, as "${earlier}".`);
}

function addCheck(program: Command, console: Console, finish: Finish): void {
  program
    .command('check')
    .description('check models: names, types, units and rules; folders are searched for *.nestml')
    .argument('[path...]', 'files or folders; `-` reads the standard input')
    .option('--strict', 'treat findings of the class `compat` as errors')
    .addOption(
      new Option('--format <form>', 'form of the result').choices(['text', 'json', 'sarif']).default('text'),
    )
    .option('--json', 'the same as --format json')
    .addOption(fromOption())
    .option('--explain <code>', 'explain a message, by its code or the name or number that PyNESTML gives it')
    .addHelpText(
      'after',
      '\nExamples:\n  nestml check my_neuron.nestml\n  nestml check --strict models/\n  nestml check --explain unit-mismatch\n',
    )
    .action(async (paths: string[], options, command: Command) => {
      const { runCheck } = await import('./commands/check.ts');
      finish(await runCheck(paths, { ...options, ...globalOptions(command) }, console));
    });
}

function addFix(program: Command, console: Console, finish: Finish): void {
  program
    .command('fix')
    .description('apply the cures of all findings that have exactly one')
    .argument('[path...]', 'files or folders; `-` reads the standard input and prints the result')
    .option('--dry-run', 'show the changes as a unified diff, write nothing')
    .option('--only <code>', 'apply cures of this code alone (repeatable)', collect, none)
    .addOption(fromOption())
    .option('--json', 'print what was done as JSON')
    .action(async (paths: string[], options, command: Command) => {
      const { runFix } = await import('./commands/fix.ts');
      finish(await runFix(paths, { ...options, ...globalOptions(command) }, console));
    });
}

function addFormat(program: Command, console: Console, finish: Finish): void {
  program
    .command('format')
    .description('give models the one canonical layout; comments and meaning stay')
    .argument('[path...]', 'files or folders; `-` reads the standard input and prints the result')
    .option(
      '--check',
      'write nothing; list the files that would change, and end with status 1 if there are any',
    )
    .option('--stdin', 'the same as `-`')
    .option('--json', 'print what was done as JSON')
    .action(async (paths: string[], options, command: Command) => {
      const { runFormat } = await import('./commands/format.ts');
      finish(await runFormat(paths, { ...options, ...globalOptions(command) }, console));
    });
}

function addMigrate(program: Command, console: Console, finish: Finish): void {
  program
    .command('migrate')
    .description('rewrite models of old versions in the syntax of today, with their comments')
    .argument('[path...]', 'files or folders; `-` reads the standard input')
    .addOption(fromOption())
    .option('--write', 'write the new texts over the old ones')
    .option('--stdout', 'print the new texts instead of a unified diff')
    .option('--json', 'print what was done as JSON')
    .action(async (paths: string[], options, command: Command) => {
      const { runMigrate } = await import('./commands/migrate.ts');
      finish(await runMigrate(paths, { ...options, ...globalOptions(command) }, console));
    });
}

function addSimulate(program: Command, console: Console, finish: Finish): void {
  const command = program
    .command('simulate')
    .description('run one neuron, or a synapse on its way to one, and show traces and spikes')
    .argument('<model>', 'file, file#model, `-`, or a name of the library such as iaf_psc_exp')
    .option('--for <time>', 'duration, e.g. "200 ms" (of a synapse, default: 50 ms after the last spike)')
    .option('--step <time>', 'length of a step', '0.1 ms')
    .option('--set <setting>', 'parameter or initial state, e.g. "tau_m = 15 ms" (repeatable)', collect, none)
    .option('--neuron <model>', 'the model is a synapse, and this is its postsynaptic neuron')
    .option('--pre <times>', 'when the presynaptic neuron emits, e.g. "10 ms, 60 ms"')
    .option('--post <times>', 'when the neuron is made to emit (default: when it does so by itself)')
    .option('--current <stimulus>', 'e.g. "I_stim = 300 pA from 20 ms to 150 ms" (repeatable)', collect, none)
    .option(
      '--spikes <stimulus>',
      'e.g. "exc_spikes = 10 ms, 12.5 ms weight 500" (repeatable)',
      collect,
      none,
    )
    .option('--poisson <stimulus>', 'e.g. "exc_spikes = 8000 Hz weight 20" (repeatable)', collect, none)
    .option('--record <names>', 'what to record, e.g. V_m,I_syn (default: the membrane potential)')
    .option('--every <time>', 'interval of recording (default: every step)')
    .option('--seed <number>', 'seed of the random numbers', '0')
    .option('--round', 'move times to the nearest step instead of refusing them')
    .addOption(fromOption())
    .option('--json', 'print the result as JSON')
    .option('--csv <file>', 'write the traces as comma-separated values')
    .option('--svg <file>', 'write the plot as SVG')
    .option('--html <file>', 'write a report: interactive plot, equations, parameters, solvers, source')
    .option('--plot', 'show plot and spikes as text even if files are written')
    .option('--solver <name>', SOLVER_OPTION)
    .option(
      '--reference',
      'use the reference interpreter, slow, with a tolerance of 1e-12, instead of the engine',
    )
    .option('--watch', 'repeat the run on every change of the model file')
    .addHelpText(
      'after',
      '\nA current from a to b acts on the steps that begin at a ≤ t < b; a spike at t arrives in the step that ends at t.\n' +
        'With --neuron, --pre and --post are times of emission; what the synapse sends reaches the neuron a delay later. --set is\n' +
        'for the synapse, --set-neuron for the neuron; inputs go to ports of the synapse if it has them, else of the neuron.\n' +
        '\nExamples:\n  nestml simulate iaf_psc_exp --for "200 ms" --current "I_stim = 400 pA from 10 ms to 150 ms"\n' +
        '  nestml simulate my.nestml --for "1 s" --poisson "exc_spikes = 8000 Hz weight 20" --svg out.svg\n' +
        '  nestml simulate stdp --neuron iaf_psc_exp --pre "10 ms, 60 ms" --post "15 ms, 50 ms" --weight 0.5 --delay "1 ms"\n',
    )
    .action(async (model: string, options, command: Command) => {
      const { runSimulate } = await import('./commands/simulate.ts');
      finish(await runSimulate(model, { ...options, ...globalOptions(command) }, console));
    });
  addConnectionOptions(command);
}

function addCurve(program: Command, console: Console, finish: Finish): void {
  program
    .command('curve')
    .description('measure how the firing rate of a neuron depends on a constant input (F-I curve)')
    .argument('<model>', 'file, file#model, `-`, or a name of the library')
    .option(
      '--current <inputs>',
      'e.g. "I_stim = 0 pA to 1000 pA" or "I_stim = 0 pA, 100 pA, 250 pA"',
      onlyOnce,
    )
    .option('--rate <inputs>', 'Poisson spikes, e.g. "exc_spikes = 0 Hz to 20000 Hz weight 20"', onlyOnce)
    .option('--points <number>', 'number of values in a range', '41')
    .option('--for <time>', 'time in which spikes are counted', '1 s')
    .option('--discard <time>', 'time before it, in which the neuron settles', '200 ms')
    .option('--step <time>', 'length of a step', '0.1 ms')
    .option('--set <setting>', 'parameter or initial state (repeatable)', collect, none)
    .option('--seed <number>', 'seed of the random numbers', '0')
    .option('--round', 'move times to the nearest step instead of refusing them')
    .addOption(fromOption())
    .option('--json', 'print the result as JSON')
    .option('--csv <file>', 'write the points as comma-separated values')
    .option('--svg <file>', 'write the plot as SVG')
    .option('--plot', 'show the plot as text even if files are written')
    .option('--solver <name>', SOLVER_OPTION)
    .option('--reference', 'use the reference interpreter instead of the engine')
    .addHelpText(
      'after',
      '\nEach value is given to a neuron of its own from 0 ms on; its rate is the number of spikes in --for, counted\n' +
        'after --discard, in which it should settle, over that time: with 1 s, rates come in steps of 1 Hz.\n' +
        '\nExamples:\n  nestml curve hh_psc_alpha --current "I_stim = 0 pA to 1500 pA"\n' +
        '  nestml curve iaf_psc_exp --rate "exc_spikes = 0 Hz to 20 kHz weight 50" --for "10 s" --svg out.svg\n',
    )
    .action(async (model: string, options, command: Command) => {
      const { runCurve } = await import('./commands/curve.ts');
      finish(await runCurve(model, { ...options, ...globalOptions(command) }, console));
    });
}

function addPsp(program: Command, console: Console, finish: Finish): void {
  program
    .command('psp')
    .description('measure the response of a neuron to one spike (post-synaptic potential)')
    .argument('<model>', 'file, file#model, `-`, or a name of the library')
    .requiredOption('--port <name>', 'spike port that receives the spike, `name[i]` for an element')
    .option('--weight <number>', 'weight of the spike, as the port hands it to the model', '1')
    .option('--record <name>', 'what responds (default: the membrane potential)')
    .option('--for <time>', 'time that is looked at after the arrival', '100 ms')
    .option('--settle <time>', 'time before the spike, in which the neuron comes to rest', '500 ms')
    .option('--step <time>', 'length of a step', '0.1 ms')
    .option('--set <setting>', 'parameter or initial state (repeatable)', collect, none)
    .option('--seed <number>', 'seed of the random numbers', '0')
    .option('--round', 'move times to the nearest step instead of refusing them')
    .addOption(fromOption())
    .option('--json', 'print the result as JSON')
    .option('--csv <file>', 'write the response as comma-separated values')
    .option('--svg <file>', 'write the plot as SVG')
    .option('--plot', 'show the plot as text even if files are written')
    .option('--solver <name>', SOLVER_OPTION)
    .option('--reference', 'use the reference interpreter instead of the engine')
    .addHelpText(
      'after',
      '\nThe response is the difference between the neuron with and the same neuron without the spike; time 0 is its arrival.\n' +
        'Both draw the same random numbers. A warning says if the neuron fires, or is not at rest when the spike arrives.\n' +
        '\nExamples:\n  nestml psp iaf_psc_alpha --port exc_spikes --weight 100\n' +
        '  nestml psp iaf_cond_alpha --port inh_spikes --weight 5 --for "50 ms" --svg ipsp.svg\n',
    )
    .action(async (model: string, options, command: Command) => {
      const { runPsp } = await import('./commands/psp.ts');
      finish(await runPsp(model, { ...options, ...globalOptions(command) }, console));
    });
}

/** Options of a synapse on its way to a neuron. */
function addConnectionOptions(command: Command): void {
  command
    .option('--weight <value>', 'initial weight of the synapse, e.g. 0.5 or "2 nS"')
    .option('--delay <time>', 'delay of the connection (default: one step)')
    .option('--set-neuron <setting>', 'parameter or initial state of the neuron (repeatable)', collect, none)
    .option('--port <name>', 'port of the neuron that receives (default: by the sign of the weight)')
    .option(
      '--bind <binding>',
      'what a continuous port of the synapse shows of the neuron, e.g. "I_post_dend = I_dend" (repeatable)',
      collect,
      none,
    )
    .option(
      '--role <role>',
      'who is who in the synapse, e.g. "weight_variable = w" (repeatable)',
      collect,
      none,
    );
}

function addWindow(program: Command, console: Console, finish: Finish): void {
  const command = program
    .command('window')
    .description(
      'measure how the weight of a synapse depends on the time between two spikes (plasticity window)',
    )
    .argument('<synapse>', 'file, file#model, `-`, or a name of the library')
    .requiredOption('--neuron <model>', 'the postsynaptic neuron')
    .option('--dt <range>', 'time differences, e.g. "-50 ms to 50 ms"', '-100 ms to 100 ms')
    .option('--points <number>', 'number of time differences', '41')
    .option('--settle <time>', 'time before the first spike of each pair', '10 ms')
    .option('--step <time>', 'length of a step', '0.1 ms')
    .option('--set <setting>', 'parameter or initial state of the synapse (repeatable)', collect, none)
    .option('--current <stimulus>', 'e.g. "I_post_dend = 1 pA" (repeatable)', collect, none)
    .option('--spikes <stimulus>', 'e.g. "mod_spikes = 5 ms" (repeatable)', collect, none)
    .option('--seed <number>', 'seed of the random numbers', '0')
    .option('--round', 'move times to the nearest step instead of refusing them')
    .addOption(fromOption())
    .option('--json', 'print the result as JSON')
    .option('--csv <file>', 'write the points as comma-separated values')
    .option('--svg <file>', 'write the plot as SVG')
    .option('--plot', 'show the plot as text even if files are written')
    .addHelpText(
      'after',
      '\nEach point is one presynaptic and one postsynaptic spike, dt = t_post - t_pre, at a synapse and a neuron of their own;\n' +
        'dw is the weight after both minus the weight before. The postsynaptic spike needs the delay to the synapse.\n' +
        '\nExamples:\n  nestml window stdp --neuron iaf_psc_exp --svg stdp.svg\n' +
        '  nestml window stdp_triplet --neuron iaf_psc_exp --dt "-50 ms to 50 ms" --points 101 --delay "1.5 ms"\n',
    )
    .action(async (synapse: string, options, own: Command) => {
      const { runWindow } = await import('./commands/window.ts');
      finish(await runWindow(synapse, { ...options, ...globalOptions(own) }, console));
    });
  addConnectionOptions(command);
}

function addAnalyse(program: Command, console: Console, finish: Finish): void {
  program
    .command('analyse')
    .alias('analyze')
    .description('show which equations of a neuron run, with which solver, and why')
    .argument('<model>', 'file, file#model, `-`, or a name of the library')
    .addOption(fromOption())
    .option('--step <time>', 'length of a step that the figures are for', '0.1 ms')
    .option('--json', 'print the analysis as JSON')
    .action(async (model: string, options, command: Command) => {
      const { runAnalyse } = await import('./commands/analyse.ts');
      finish(await runAnalyse(model, { ...options, ...globalOptions(command) }, console));
    });
}

function addOde(program: Command, console: Console, finish: Finish): void {
  program
    .command('ode')
    .description('analyse differential equations in the JSON form of ODE-toolbox, and answer in its form')
    .argument('<problem>', 'JSON file; `-` reads the standard input')
    .option('-o, --output <file>', 'write the result to a file (default: the standard output)')
    .option('--disable-stiffness-check', 'do not test whether an implicit solver is needed')
    .option('--disable-analytic-solver', 'integrate everything numerically')
    .option(
      '--preserve-expressions [names]',
      'keep right-hand sides as written: all, or those of some variables, e.g. x,y',
    )
    .option('--plot <file>', 'integrate over the stimuli and draw all variables as SVG')
    .option('--json', 'print result, stiffness test and findings as one JSON document')
    .addHelpText(
      'after',
      '\nExamples:\n  nestml ode problem.json -o result.json\n' +
        '  nestml ode problem.json --disable-stiffness-check --preserve-expressions x,y\n' +
        '  nestml ode problem.json --plot out.svg -o result.json\n',
    )
    .action(async (problem: string, options, command: Command) => {
      const { runOde } = await import('./commands/ode.ts');
      finish(await runOde(problem, { ...options, ...globalOptions(command) }, console));
    });
}

function addList(program: Command, console: Console, finish: Finish): void {
  program
    .command('list')
    .description('list the models of the library')
    .option('--json', 'print the list as JSON')
    .action(async (options, command: Command) => {
      const { runList } = await import('./commands/list.ts');
      finish(await runList({ ...options, ...globalOptions(command) }, console));
    });
}
