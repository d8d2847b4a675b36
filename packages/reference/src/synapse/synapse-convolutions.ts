import { InternalError } from '@nestml/diagnostics';
import type { KernelSymbol, PortSymbol } from '@nestml/language';
import { NS_PER_MS, stepsToMs } from '../clock.ts';
import { convolvedPairs, elementsOfPorts, kernelFunction } from '../convolutions.ts';
import type { Environment } from '../environment.ts';
import { createKernelSystem, type KernelSystem } from '../kernel-system.ts';
import type { KernelFunction } from '../kernel-table.ts';
import { limitAtZero } from '../limit-at-zero.ts';
import type { Program } from '../program.ts';
import type { Recordable } from '../run.ts';

/** A kernel that is a function of the time since the spike. */
interface Response {
  readonly kernel: KernelFunction;
  /** K(0+). */
  readonly atSpike: number;
}

/** The convolutions of a synapse, written as their definition: the sum over all past spikes. */
export interface SynapseConvolutions {
  readonly responses: ReadonlyMap<KernelSymbol, Response>;
  /** One for each kernel that is a system of equations and each element of a port that it is convolved with. */
  readonly systems: readonly KernelSystem[];
  /** When spikes were received, in ns on the clock of the synapse, by port and element, ascending. */
  readonly received: ReadonlyMap<PortSymbol, readonly number[][]>;
}

/** Before the first spike. `environment` knows parameters and internals. */
export function createSynapseConvolutions(
  program: Program,
  record: readonly Recordable[],
  environment: Environment,
): SynapseConvolutions {
  const responses = new Map<KernelSymbol, Response>();
  const systems: KernelSystem[] = [];
  for (const [kernel, ports] of convolvedPairs(program, record)) {
    if (kernel.kind === 'function') {
      const ofAge = kernelFunction(kernel, environment);
      const atSpike = limitAtZero(ofAge, stepsToMs(environment.clock.stepNs, 1));
      responses.set(kernel.symbol, { kernel: ofAge, atSpike });
    } else if (kernel.kind === 'ode') {
      for (const { port, element } of elementsOfPorts(ports, environment)) {
        systems.push(createKernelSystem(kernel, port, element, environment));
      }
    }
  }
  const spikePorts = program.model.ports.filter(({ signal }) => signal === 'spike');
  const received = new Map(
    spikePorts.map((port) => [
      port,
      Array.from({ length: environment.signals.portSize(port) }, (): number[] => []),
    ]),
  );
  return { responses, systems, received };
}

/** The sum over the spikes before `untilNs` of K at their age at `nowNs` + `afterMs`. */
export function sumOfResponses(
  { responses, received }: SynapseConvolutions,
  kernel: KernelSymbol,
  port: PortSymbol,
  element: number,
  time: { readonly nowNs: number; readonly untilNs: number; readonly afterMs: number },
): number {
  const response = responses.get(kernel);
  if (response === undefined) throw new InternalError(`${kernel.name} was not set up`);
  let sum = 0;
  for (const spike of received.get(port)?.[element] ?? []) {
    if (spike >= time.untilNs) break;
    const age = (time.nowNs - spike) / NS_PER_MS + time.afterMs;
    sum += age === 0 ? response.atSpike : response.kernel(age);
  }
  return sum;
}

/** The system that a kernel variable belongs to, and its place in it; undefined for a kernel that is a function. */
export function systemOf(
  { systems }: Pick<SynapseConvolutions, 'systems'>,
  kernel: KernelSymbol,
  port: PortSymbol,
  element: number,
): { readonly system: KernelSystem; readonly variable: number } | undefined {
  for (const system of systems) {
    if (system.port !== port || system.element !== element) continue;
    const component = system.kernel.components.find(({ symbol }) => symbol === kernel);
    if (component !== undefined) {
      return { system, variable: system.variables.indexOf(component.variables[0]!) };
    }
  }
  return undefined;
}
