import { readFileSync } from 'node:fs';

/** The text of a neuron of the library, such as `iaf_psc_alpha`. */
export function libraryText(name: string): string {
  const file = new URL(`../../../models/neurons/${name}_neuron.nestml`, import.meta.url);
  return readFileSync(file, 'utf8');
}
