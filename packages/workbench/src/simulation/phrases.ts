import { createDiagnostic, type Diagnostic } from '@nestml/diagnostics';
import { workbenchMessages } from '../messages/index.ts';
import type { CurrentStimulus, PoissonStimulus, SpikeStimulus, ValueInput } from './request.ts';

/** A phrase that was read, or the finding that says how it is written. */
export type Phrase<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly diagnostic: Diagnostic };

const forms = {
  '--set': 'tau_m = 15 ms',
  '--current': 'I_stim = 300 pA from 20 ms to 150 ms',
  '--spikes': 'exc_spikes = 10 ms, 12.5 ms weight 500',
  '--poisson': 'exc_spikes = 8000 Hz weight 20',
  '--record': 'V_m,I_syn',
} as const;

function refuse(option: keyof typeof forms, found: string): { ok: false; diagnostic: Diagnostic } {
  const parameters = { option, found, form: `${option} "${forms[option]}"` };
  return { ok: false, diagnostic: createDiagnostic(workbenchMessages, 'option-form', undefined, parameters) };
}

/** Splits `left = right`; both sides trimmed. Undefined if there is no `=` or a side is empty. */
function splitAssignment(text: string): { name: string; rest: string } | undefined {
  const mark = text.indexOf('=');
  if (mark < 0) return undefined;
  const name = text.slice(0, mark).trim();
  const rest = text.slice(mark + 1).trim();
  return name === '' || rest === '' ? undefined : { name, rest };
}

/** Reads `tau_m = 15 ms`, `flag = true`, `a = [1 mV, 2 mV]`. */
export function readSetting(text: string): Phrase<{ readonly name: string; readonly value: ValueInput }> {
  const parts = splitAssignment(text);
  if (parts === undefined) return refuse('--set', `\`${text}\` is no assignment`);
  const { name, rest } = parts;
  if (rest === 'true' || rest === 'false') return { ok: true, value: { name, value: rest === 'true' } };
  if (rest.startsWith('[')) {
    if (!rest.endsWith(']')) return refuse('--set', `\`${rest}\` lacks its closing bracket`);
    const items = rest.slice(1, -1).split(',');
    if (items.some((item) => item.trim() === '')) return refuse('--set', `\`${rest}\` has an empty element`);
    return { ok: true, value: { name, value: items.map((item) => item.trim()) } };
  }
  return { ok: true, value: { name, value: rest } };
}

/** Reads `I_stim = 300 pA`, `… from 20 ms`, `… to 150 ms`, `… from 20 ms to 150 ms`. */
export function readCurrent(text: string): Phrase<CurrentStimulus> {
  const parts = splitAssignment(text);
  if (parts === undefined) return refuse('--current', `\`${text}\` is no assignment`);
  const match = /^(?<amplitude>.+?)(?:\s+from\s+(?<from>.+?))?(?:\s+to\s+(?<to>.+?))?$/.exec(parts.rest);
  const { amplitude, from, to } = match?.groups ?? {};
  if (amplitude === undefined || /\b(from|to)\b/.test([amplitude, from ?? '', to ?? ''].join(' ')))
    return refuse('--current', `\`${parts.rest}\` is not a value, \`from\` a time, \`to\` a time`);
  const times = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  return { ok: true, value: { port: parts.name, amplitude, ...times } };
}

/** Takes ` weight 500` off the end. Undefined if what follows `weight` is no number. */
function splitWeight(text: string): { body: string; weight: number | undefined } | undefined {
  const match = /^(?<body>.*?)\s+weight\s+(?<weight>\S+)$/.exec(text);
  if (match?.groups === undefined)
    return /\bweight\b/.test(text) ? undefined : { body: text, weight: undefined };
  const weight = Number(match.groups['weight']);
  return Number.isFinite(weight) ? { body: match.groups['body'] ?? '', weight } : undefined;
}

/** Reads `exc_spikes = 10 ms, 12.5 ms, 40 ms weight 500`. */
export function readSpikes(text: string): Phrase<SpikeStimulus> {
  const parts = splitAssignment(text);
  if (parts === undefined) return refuse('--spikes', `\`${text}\` is no assignment`);
  const tail = splitWeight(parts.rest);
  if (tail === undefined)
    return refuse('--spikes', `the weight of \`${parts.rest}\` is not one number at the end`);
  const times = tail.body.split(',').map((time) => time.trim());
  if (times.some((time) => time === '')) return refuse('--spikes', `\`${tail.body}\` has an empty time`);
  const weight = tail.weight === undefined ? {} : { weight: tail.weight };
  return { ok: true, value: { port: parts.name, times, ...weight } };
}

/** Reads `exc_spikes = 8000 Hz weight 20`. */
export function readPoisson(text: string): Phrase<PoissonStimulus> {
  const parts = splitAssignment(text);
  if (parts === undefined) return refuse('--poisson', `\`${text}\` is no assignment`);
  const tail = splitWeight(parts.rest);
  if (tail === undefined || tail.body === '')
    return refuse('--poisson', `the weight of \`${parts.rest}\` is not one number at the end`);
  const weight = tail.weight === undefined ? {} : { weight: tail.weight };
  return { ok: true, value: { port: parts.name, rate: tail.body, ...weight } };
}

/** Reads a comma-separated list of names; commas inside parentheses belong to a name (`convolve(K, exc)`). */
export function readNames(text: string): Phrase<readonly string[]> {
  const names: string[] = [''];
  let depth = 0;
  for (const character of text) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (character === ',' && depth === 0) names.push('');
    else names[names.length - 1] += character;
  }
  const trimmed = names.map((name) => name.trim());
  if (trimmed.some((name) => name === '')) return refuse('--record', `\`${text}\` has an empty name`);
  return { ok: true, value: trimmed };
}
