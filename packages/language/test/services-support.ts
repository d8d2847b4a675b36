import { readdirSync, readFileSync } from 'node:fs';
import { createSourceFile } from '@nestml/diagnostics';
import { type AnalysedFile, analyseFile } from '../src/services/index.ts';

/** Analyses a text in which `|` marks places, which are taken out; the offsets of the marks in order. */
export function marked(text: string): { readonly file: AnalysedFile; readonly at: readonly number[] } {
  const pieces = text.split('|');
  const at: number[] = [];
  let length = 0;
  for (const piece of pieces.slice(0, -1)) {
    length += piece.length;
    at.push(length);
  }
  return { file: analyseText(pieces.join('')), at };
}

export function analyseText(text: string): AnalysedFile {
  return analyseFile(createSourceFile('test.nestml', text));
}

/** The first offset of a piece of the text, plus a number of characters. */
export function offsetOf({ source }: AnalysedFile, piece: string, plus = 0): number {
  const start = source.text.indexOf(piece);
  if (start < 0) throw new Error(`the text has no ${piece}`);
  return start + plus;
}

/** The texts that spans cover, with the line of each: `12 V_m`. */
export function placesOf(
  { source }: AnalysedFile,
  places: readonly { readonly span: { readonly start: number; readonly end: number } }[],
): readonly string[] {
  return places.map(({ span }) => {
    const line = source.lineStarts.filter((start) => start <= span.start).length;
    return `${line} ${source.text.slice(span.start, span.end)}`;
  });
}

/** The models of the library by name. */
export function modelTexts(): ReadonlyMap<string, string> {
  const folder = new URL('../../../models/', import.meta.url);
  const files = ['neurons', 'synapses'].flatMap((kind) =>
    readdirSync(new URL(`${kind}/`, folder)).map((name) => `${kind}/${name}`),
  );
  return new Map(files.sort().map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]));
}

/** A neuron in which every kind of name occurs. */
export const sample = `# A neuron
model sample_neuron:
    state:
        V_m mV = E_L # Membrane potential
        w nS = 0 nS
        g real = 1
        g' 1/ms = 0 / ms
        count integer = 0
    parameters:
        E_L mV = -70 mV # Resting potential
        C_m pF = 250 pF [[C_m > 0 pF]]
        tau_m ms = 10 ms
        I_e pA = 0 pA
    internals:
        h ms = resolution()
    equations:
        kernel K = exp(-t / tau_m)
        inline I_syn pA = convolve(K, spikes) * 1 pA + w * (E_L - V_m)
        V_m' = -(V_m - E_L) / tau_m + (I_syn + I_e + I_stim) / C_m
        g'' = -g' / tau_m - g / tau_m**2
    input:
        spikes <- spike
        I_stim pA <- continuous
    output:
        spike
    function half(x mV) mV:
        y mV = x / 2
        return y
    onReceive(spikes):
        w += spikes * 1 nS * 1 s
    update:
        integrate_odes(V_m, g)
        if V_m > half(E_L):
            limit mV = E_L
            V_m = max(limit, V_m)
            println("V_m is {V_m}")
    onCondition(V_m > -50 mV):
        count += 1
        emit_spike()
`;
