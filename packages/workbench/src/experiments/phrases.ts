import { createDiagnostic } from '@nestml/diagnostics';
import { workbenchMessages } from '../messages/index.ts';
import type { Phrase } from '../simulation/phrases.ts';
import type { CurveRequest, InputValues } from './curve.ts';

const forms = {
  current: '--current "I_stim = 0 pA to 1000 pA"',
  rate: '--rate "exc_spikes = 0 Hz to 20000 Hz weight 20"',
} as const;

/**
 * Reads the inputs of a curve: `I_stim = 0 pA to 1000 pA`, or `I_stim = 0 pA, 100 pA, 250 pA`; for a rate also ` weight 20` at the end.
 * @param points number of values in a range
 */
export function readCurveInput(
  kind: CurveRequest['input']['kind'],
  text: string,
  points: number,
): Phrase<CurveRequest['input']> {
  const refuse = (found: string): Phrase<never> => {
    const parameters = { option: `--${kind}`, found, form: forms[kind] };
    return {
      ok: false,
      diagnostic: createDiagnostic(workbenchMessages, 'option-form', undefined, parameters),
    };
  };
  const parts = /^(?<port>[^=]+?)\s*=\s*(?<body>.+?)(?:\s+weight\s+(?<weight>\S+))?$/.exec(
    text.trim(),
  )?.groups;
  const { port, body, weight } = parts ?? {};
  if (port === undefined || body === undefined) return refuse(`\`${text}\` is no assignment`);
  const values = readValues(body, points);
  if (values === undefined) return refuse(`\`${body}\` is neither a list of values nor a range`);
  if (kind === 'current')
    return weight === undefined
      ? { ok: true, value: { kind, port, values } }
      : refuse('a current has no weight');
  if (weight === undefined) return { ok: true, value: { kind, port, values } };
  const number = Number(weight);
  if (!Number.isFinite(number)) return refuse(`the weight \`${weight}\` is no number`);
  return { ok: true, value: { kind, port, values, weight: number } };
}

function readValues(body: string, points: number): InputValues | undefined {
  const ends = body.split(/\s+to\s+/);
  const [first, last] = ends;
  if (ends.length === 2 && first && last && !body.includes(','))
    return { kind: 'range', first, last, points };
  const values = body.split(',').map((value) => value.trim());
  return ends.length === 1 && values.every((value) => value !== '') ? { kind: 'list', values } : undefined;
}
