import { describe, expect, it } from 'vitest';
import { ModelError, modelFromText, simulate } from '../api.ts';
import type { BackendWish } from './choose-backend.ts';

/** A neuron with these lines in `update`, and this expression in its equation. */
function neuron(update: string, slope = '-V / tau'): string {
  return `model failing_neuron:
    state:
        V mV = 1 mV
        k integer = 3
        n integer = 0
    equations:
        V' = ${slope}
    parameters:
        tau ms = 2 ms
        v[3] ms = 2 ms
        size integer = 2
    input:
        exc[size] <- spike
    output:
        spike
    update:
        integrate_odes()
        ${update}
`;
}

/** The code of the error that ends a run, and the text that it points at. */
async function failureOf(text: string, wish: BackendWish): Promise<readonly [string, string]> {
  try {
    await simulate(modelFromText(text), { duration: 1 }, wish);
    return ['', ''];
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    const { code, span } = error.diagnostics.at(-1)!;
    return [code, span === undefined ? '' : text.slice(span.start, span.end)];
  }
}

describe('a failure on the engine', () => {
  it.each([
    ['an index in a statement', neuron('n += v[k] > 1 ms ? 1 : 0'), 'v[k]'],
    ['an index in an equation', neuron('n += 1', '-V / v[k]'), 'v[k]'],
    ['a division of integers', neuron('k = 7 // n'), 'k = 7 // n'],
  ])('points at %s, not at a declaration', async (_what, text, place) => {
    expect(await failureOf(text, 'engine')).toEqual(['execution-failed', place]);
    expect((await failureOf(text, 'reference'))[0]).toBe('execution-failed');
  });

  it('is one of the model where a handler names an element that its port does not have', async () => {
    const text = `${neuron('n += 1')}    onReceive(exc[2]):\n        n += 1\n`;
    for (const wish of ['engine', 'reference'] as const)
      expect((await failureOf(text, wish))[0]).toBe('execution-failed');
  });
});
