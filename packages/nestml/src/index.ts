import { modelFromFile } from '@nestml/workbench';
import { createNodeHost } from './host/node-host.ts';

export * from '@nestml/workbench';
export { createNodeHost } from './host/node-host.ts';
export { version } from './version.ts';

/**
 * The checked model of a file: `my.nestml`, or `my.nestml#my_neuron` where it defines several.
 * @throws ModelError if the text has errors; HostError if it cannot be read
 */
export async function file(path: string): ReturnType<typeof modelFromFile> {
  return await modelFromFile(createNodeHost(), path);
}
