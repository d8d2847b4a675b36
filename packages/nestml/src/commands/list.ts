import { checkText, listLibrary } from '@nestml/workbench';
import type { Console, GlobalOptions } from '../console.ts';
import { exitStatus } from '../exit-status.ts';

/** `nestml list`: the models of the library with the first line of their descriptions. */
export async function runList(
  options: GlobalOptions & { readonly json?: boolean },
  console: Console,
): Promise<number> {
  const entries = listLibrary().map(({ name, kind, file, text }) => {
    const [model] = checkText(file, text).models;
    return {
      name,
      kind: kind === 'neurons' ? 'neuron' : 'synapse',
      file,
      title: titleOf(name, model?.documentation ?? ''),
    };
  });
  if (options.json) {
    console.out(`${JSON.stringify({ version: 1, models: entries })}\n`);
    return exitStatus.done;
  }
  const width = Math.max(0, ...entries.map(({ name }) => name.length));
  for (const { name, title } of entries) console.out(`${name.padEnd(width)}  ${title}\n`);
  return exitStatus.done;
}

/** The first sentence of a documentation: its title, after the name of the model if that stands in front. */
function titleOf(name: string, documentation: string): string {
  const first = documentation.split('\n').find((line) => line.trim() !== '') ?? '';
  return first.trim().replace(new RegExp(`^${name}\\s*[-–—:]+\\s*`), '');
}
