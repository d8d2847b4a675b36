import { libraryFiles } from './library.generated.ts';

/** A model file of the library, embedded in the program. */
export interface LibraryFile {
  /** Name of the model, e.g. `iaf_psc_exp_neuron`. */
  readonly name: string;
  readonly kind: 'neurons' | 'synapses';
  /** Path in the repository, e.g. `models/neurons/iaf_psc_exp_neuron.nestml`. */
  readonly file: string;
  readonly text: string;
}

/** The library file that a name stands for, with or without `_neuron` or `_synapse` at its end. */
export function findLibraryFile(name: string): LibraryFile | undefined {
  const names = [name, `${name}_neuron`, `${name}_synapse`];
  return libraryFiles.find((file) => names.includes(file.name));
}

/** All files of the library, neurons first, by name. */
export function listLibrary(): readonly LibraryFile[] {
  return libraryFiles;
}

/** Names by which library models can be called: the full ones and the short ones. */
export function libraryNames(): readonly string[] {
  return libraryFiles.flatMap((file) => [file.name, file.name.replace(/_(neuron|synapse)$/, '')]);
}
