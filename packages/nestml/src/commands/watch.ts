import { HostError } from '@nestml/workbench';
import type { Console } from '../console.ts';
import { exitStatus } from '../exit-status.ts';

const CLEAR_SCREEN = '\u001B[2J\u001B[3J\u001B[H';

/**
 * Runs once, and again after every change of the text of the file that the model stands in. A terminal is cleared before each
 * repetition. Findings and refusals of the machine end one run, not the watch. Gives a status only where there is nothing to watch.
 */
export async function repeatOnChange(
  model: string,
  run: () => Promise<number>,
  console: Console,
): Promise<number> {
  const path = await watchedFile(model, console);
  if (path === undefined) {
    console.error(`error: --watch needs the model in a file; \`${model}\` is none\n`);
    return exitStatus.wrongUsage;
  }
  let text = await readText(path, console);
  const hint = `watching ${path}; Ctrl-C ends\n`;
  let status = await run();
  console.error(hint);
  for await (const _ of console.changes(path)) {
    const begin = console.now();
    const changed = await readText(path, console);
    if (changed === undefined || changed === text) continue;
    text = changed;
    if (console.isTerminal) console.out(CLEAR_SCREEN);
    status = await runOnce(run, console);
    console.error(`${Math.round(console.now() - begin)} ms after the change; ${hint}`);
  }
  return status;
}

/** The file of `path` or `path#model`. */
async function watchedFile(model: string, { host }: Console): Promise<string | undefined> {
  const mark = model.lastIndexOf('#');
  const paths = mark < 0 ? [model] : [model, model.slice(0, mark)];
  for (const path of paths) if ((await host.kindOf(path)) === 'file') return path;
  return undefined;
}

/** Undefined where the file is not there for a moment, as while an editor replaces it. */
async function readText(path: string, { host }: Console): Promise<string | undefined> {
  try {
    return new TextDecoder('latin1').decode(await host.readFile(path));
  } catch (error) {
    if (error instanceof HostError) return undefined;
    throw error;
  }
}

async function runOnce(run: () => Promise<number>, console: Console): Promise<number> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    console.error(`error: ${error.path}: ${error.reason}\n`);
    return exitStatus.machine;
  }
}
