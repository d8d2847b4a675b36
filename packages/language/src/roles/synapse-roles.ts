import { createReport, type Diagnostic, type Report } from '@nestml/diagnostics';
import type { CheckedModel } from '../model/checked-model.ts';
import type { PortSymbol, VariableSymbol } from '../model/symbols.ts';
import { coincidenceOrder } from './coincidence.ts';
import { type RoleMessages, roleMessages } from './messages.ts';
import { findPorts, type PortRoles } from './port-roles.ts';
import { findPostOwned, type PostOwned } from './post-owned.ts';
import { findDelay, findWeight, namedVariables } from './variable-roles.ts';

/** Names that decide where the text does not, or against it. Every one is the name of a port or variable of the synapse. */
export interface RoleOptions {
  /** `pre_port`. */
  readonly pre?: string;
  /** `post_ports`: the spike port. */
  readonly post?: string;
  /** `vt_ports`: spike ports that are modulatory whatever they are called. */
  readonly modulatory?: readonly string[];
  /** `weight_variable`. */
  readonly weight?: string;
  /** `delay_variable`. */
  readonly delay?: string;
  /** `strictly_synaptic_vars`: states that stay with the synapse. */
  readonly synaptic?: readonly string[];
}

/** Who is who in a synapse (rule D18). */
export interface SynapseRoles extends PortRoles {
  /** Spike ports in the order in which their spikes act at one instant (rule D4). */
  readonly coincidence: readonly PortSymbol[];
  /** State or parameter; connections set it, records of weights show it. */
  readonly weight?: VariableSymbol;
  /** State or parameter that holds the delay of the connection; without one the delay belongs to the connection alone. */
  readonly delay?: VariableSymbol;
  readonly postOwned: PostOwned;
}

/** The roles, unless a finding is an error. */
export interface RolesResult {
  readonly roles?: SynapseRoles;
  readonly diagnostics: readonly Diagnostic[];
}

/** Finds the role of each port and variable of a synapse, and what of it belongs to the postsynaptic neuron. */
export function synapseRoles(model: CheckedModel, options: RoleOptions = {}): RolesResult {
  const diagnostics: Diagnostic[] = [];
  const report: Report<RoleMessages> = createReport(roleMessages, model.source, diagnostics);
  const ports = findPorts(model, options, report);
  const weight = findWeight(model, options.weight, report);
  const delay = findDelay(model, options.delay, report);
  const named = namedVariables(model, options.synaptic ?? [], report);
  if (ports === undefined || diagnostics.some(({ severity }) => severity === 'error')) return { diagnostics };
  const synaptic = new Set([...named, ...[weight, delay].filter((symbol) => symbol !== undefined)]);
  const roles: SynapseRoles = {
    ...ports,
    coincidence: coincidenceOrder(model, ports),
    ...(weight === undefined ? {} : { weight }),
    ...(delay === undefined ? {} : { delay }),
    postOwned: findPostOwned(model, ports.post, synaptic),
  };
  return { roles, diagnostics };
}
