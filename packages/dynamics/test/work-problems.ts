import {
  compileEvaluator,
  differentiate,
  type ExpressionNode,
  ExpressionPool,
  type ExpressionSymbol,
  type ImplicitProblem,
} from '../src/index.ts';
import { parseExpression } from './parse-expression.ts';

/** An initial value problem as text, times in ms where it is a neuron. */
export interface WorkProblem {
  readonly name: string;
  /** By state, in the order of the states: right-hand side and initial value. `t` is the time. */
  readonly equations: Readonly<Record<string, readonly [rightHandSide: string, start: number]>>;
  readonly end: number;
  /** Absolute tolerances in units of the relative one: the size below which a state does not matter. */
  readonly sizes: readonly number[];
}

// Hodgkin and Huxley (1952) as in hh_psc_alpha, 1 pF per unit: mV, ms, nS, pA, pF.
const HODGKIN_HUXLEY = {
  V: ['(12000*m**3*h*(50 - V) + 3600*n**4*(-77 - V) + 30*(-54.402 - V) + 650)/100', -65],
  m: ['0.1*(V + 40)/(1 - exp(-(V + 40)/10))*(1 - m) - 4*exp(-(V + 65)/18)*m', 0.05293248525725],
  h: ['0.07*exp(-(V + 65)/20)*(1 - h) - 1/(1 + exp(-(V + 35)/10))*h', 0.59612075350846],
  n: ['0.01*(V + 55)/(1 - exp(-(V + 55)/10))*(1 - n) - 0.125*exp(-(V + 65)/80)*n', 0.317676914060697],
} as const satisfies WorkProblem['equations'];

// Brette and Gerstner (2005) with the parameters of aeif_cond_exp and 800 pA: it diverges at 17.72 ms.
const ADEX = {
  V: ['(-30*(V + 70.6) + 60*exp((V + 50.4)/2) - w + 800)/281', -70.6],
  w: ['(4*(V + 70.6) - w)/144', 0],
} as const satisfies WorkProblem['equations'];

/** Neurons, and the stiff problems that every solver is measured by. */
export const WORK_PROBLEMS = Object.freeze({
  hodgkinHuxley: {
    name: 'Hodgkin–Huxley',
    equations: HODGKIN_HUXLEY,
    end: 50,
    sizes: [1, 1, 1, 1],
  },
  adex: { name: 'AdEx', equations: ADEX, end: 17.6, sizes: [1, 1] },
  // Izhikevich (2003) with 10 pA: it diverges at 3.396 ms.
  izhikevich: {
    name: 'Izhikevich',
    equations: { v: ['0.04*v**2 + 5*v + 140 - u + 10', -65], u: ['0.02*(0.2*v - u)', -13] },
    end: 3.3,
    sizes: [1, 1],
  },
  relaxed: {
    name: 'van der Pol, μ = 1',
    equations: { x: ['y', 2], y: ['(1 - x**2)*y - x', 0] },
    end: 20,
    sizes: [1, 1],
  },
  vanDerPol: {
    name: 'van der Pol, μ = 1000',
    equations: { x: ['y', 2], y: ['1000*(1 - x**2)*y - x', 0] },
    end: 2000,
    sizes: [1, 1e-3],
  },
  // Robertson (1966), The solution of a set of reaction rate equations.
  robertson: {
    name: 'Robertson',
    equations: {
      a: ['-0.04*a + 1e4*b*c', 1],
      b: ['0.04*a - 1e4*b*c - 3e7*b**2', 0],
      c: ['3e7*b**2', 0],
    },
    end: 40,
    sizes: [1, 1e-4, 1],
  },
  // Field and Noyes (1974), as in Hairer and Wanner (1996), section IV.1.
  oregonator: {
    name: 'Oregonator',
    equations: {
      x: ['77.27*(y + x*(1 - 8.375e-6*x - y))', 1],
      y: ['(z - (1 + x)*y)/77.27', 2],
      z: ['0.161*(x - z)', 3],
    },
    end: 360,
    sizes: [1, 1, 1],
  },
  linearStiff: {
    name: 'linear, rates 1 and 1000',
    equations: { x: ['998*x + 1998*y', 1], y: ['-999*x - 1999*y', 0] },
    end: 5,
    sizes: [1, 1],
  },
} as const satisfies Readonly<Record<string, WorkProblem>>);

const TIME: ExpressionSymbol = Object.freeze({ name: 't', value: 'number' });

/** The problem with compiled right-hand side and exact derivatives, all tolerances in units of `tolerance`. */
export function prepare({ equations, end, sizes }: WorkProblem, tolerance: number): ImplicitProblem {
  const pool = new ExpressionPool();
  const states = Object.keys(equations).map((name): ExpressionSymbol => ({ name, value: 'number' }));
  const slopes = Object.values(equations).map(([text]) => parseExpression(pool, text, [...states, TIME]));
  const partial = (root: ExpressionNode, symbol: ExpressionSymbol): ExpressionNode => {
    const derivative = differentiate(pool, root, symbol);
    if (derivative.kind !== 'derivative') throw new Error('not differentiable');
    return derivative.expression;
  };
  const evaluate = (roots: readonly ExpressionNode[]) => {
    const run = compileEvaluator(roots, [...states, TIME]);
    const inputs = new Float64Array(states.length + 1);
    return (time: number, values: Float64Array, _: Float64Array, results: Float64Array) => {
      inputs.set(values);
      inputs[states.length] = time;
      run(inputs, results);
    };
  };
  return {
    exactSize: 0,
    exactStates: () => {},
    derivative: evaluate(slopes),
    jacobian: evaluate(slopes.flatMap((slope) => states.map((state) => partial(slope, state)))),
    timeDerivative: evaluate(slopes.map((slope) => partial(slope, TIME))),
    start: Float64Array.from(Object.values(equations), ([, start]) => start),
    interval: end,
    absoluteTolerances: sizes.map((size) => size * tolerance),
    relativeTolerance: tolerance,
    firstStep: end,
  };
}
