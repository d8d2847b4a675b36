import { defineMessages } from '@nestml/diagnostics';
import { neuron } from './examples.ts';

/** Findings about vectors. */
export const vectorMessages = defineMessages({
  'vector-as-scalar': {
    class: 'error',
    text: (p: { name: string }) => `\`${p.name}\` is a vector: choose an element, as in \`${p.name}[0]\`.`,
    page: {
      title: 'A vector where a single value is needed',
      explanation:
        'There is no arithmetic with whole vectors. Use an element, or a `for` loop over the elements.',
      failing: neuron({ state: ['a[3] real = 0', 'x real = 0'], update: ['x = a'] }),
      repaired: neuron({ state: ['a[3] real = 0', 'x real = 0'], update: ['x = a[0]'] }),
    },
  },
  'index-of-scalar': {
    class: 'error',
    text: (p: { name: string }) => `\`${p.name}\` is not a vector and has no elements.`,
    page: {
      title: 'An index of something that is no vector',
      explanation: 'A vector is declared with its size: `a[3] real = 0`.',
      failing: neuron({ state: ['x real = 0'], update: ['x = x[0]'] }),
      repaired: neuron({ state: ['x real = 0', 'a[3] real = 0'], update: ['x = a[0]'] }),
    },
  },
  'index-not-integer': {
    class: 'error',
    text: (p: { type: string }) => `An index is an integer, and this is ${p.type}.`,
    page: {
      title: 'An index that is not an integer',
      explanation: 'Elements are counted from 0, with whole numbers.',
      failing: neuron({ state: ['a[3] real = 0'], update: ['a[1.0] = 1'] }),
      repaired: neuron({ state: ['a[3] real = 0'], update: ['a[1] = 1'] }),
    },
  },
  'index-out-of-range': {
    class: 'error',
    text: (p: { name: string; index: number; size: number | undefined }) =>
      p.size === undefined
        ? `\`${p.name}\` has no element ${p.index}: elements are counted from 0.`
        : `\`${p.name}\` has no element ${p.index}: its ${p.size} elements are counted from 0 to ${p.size - 1}.`,
    page: {
      title: 'An index outside of the vector',
      explanation: 'A vector of n elements has the indices 0 to n − 1.',
      failing: neuron({ state: ['a[3] real = 0'], update: ['a[3] = 1'] }),
      repaired: neuron({ state: ['a[3] real = 0'], update: ['a[2] = 1'] }),
    },
  },
  'vector-size': {
    class: 'error',
    text: (p: { problem: string }) =>
      `The size of a vector must be an integer from 1 to 10,000,000; ${p.problem}.`,
    page: {
      title: 'A vector of an impossible size',
      explanation:
        'The size is a whole number from 1 to 10,000,000, or an `integer` variable of `parameters` or `internals`.',
      failing: neuron({ state: ['a[0] real = 0'] }),
      repaired: neuron({ state: ['a[2] real = 0'] }),
    },
  },
  'vector-size-variable': {
    class: 'error',
    text: (_: Record<never, never>) =>
      'The size of a vector is a number, or one integer variable of `parameters` or `internals`.',
    page: {
      title: 'The size of a vector can change',
      explanation:
        'The size is fixed when a population is created, so it cannot be a state or a computed value. Declare an internal for a computed size.',
      failing: neuron({ state: ['n integer = 3', 'a[n] real = 0'] }),
      repaired: neuron({ state: ['a[n] real = 0'], parameters: ['n integer = 3'] }),
    },
  },
});
