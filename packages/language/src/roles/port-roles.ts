import type { Report } from '@nestml/diagnostics';
import type { CheckedModel } from '../model/checked-model.ts';
import type { PortSymbol } from '../model/symbols.ts';
import { closestName } from '../parse/closest.ts';
import type { RoleMessages } from './messages.ts';

/** The ports of a synapse by role. */
export interface PortRoles {
  /** Receives the presynaptic spikes. */
  readonly pre: PortSymbol;
  /** Receives the spikes of the postsynaptic neuron; a synapse without plasticity has none. */
  readonly post?: PortSymbol;
  /** All other spike ports, in the order of the text. */
  readonly modulatory: readonly PortSymbol[];
  /** Must be bound to a variable or inline of the postsynaptic neuron, or fed. */
  readonly continuous: readonly PortSymbol[];
}

/** What options say about ports. */
export interface PortOptions {
  readonly pre?: string;
  readonly post?: string;
  readonly modulatory?: readonly string[];
}

/**
 * pre is the only spike port, unless its name begins with `post`, else the one whose name begins with `pre`; post the one whose name begins
 * with `post`. Options win. Undefined after a message about the port pre.
 */
export function findPorts(
  model: CheckedModel,
  options: PortOptions,
  report: Report<RoleMessages>,
): PortRoles | undefined {
  const spikePorts = model.ports.filter(({ signal }) => signal === 'spike');
  const named = (option: string, name: string | undefined) =>
    name === undefined ? undefined : portNamed(option, name, model, spikePorts, report);
  const statedPre = named('pre_port', options.pre);
  const statedPost = named('post_ports', options.post);
  const modulatory = (options.modulatory ?? []).flatMap((name) => named('vt_ports', name) ?? []);
  const stated = new Set([statedPre, statedPost, ...modulatory]);
  const open = spikePorts.filter((port) => !stated.has(port));
  if (options.pre !== undefined && statedPre === undefined) return undefined;
  const pre = statedPre ?? guessPre(open, spikePorts, model, report);
  const rest = open.filter((port) => port !== pre);
  const post = options.post === undefined ? onlyOne('post', beginningWith('post', rest), report) : statedPost;
  if (pre === undefined) return undefined;
  refuseVector('pre', pre, report);
  if (post !== undefined) refuseVector('post', post, report);
  return {
    pre,
    ...(post === undefined ? {} : { post }),
    modulatory: spikePorts.filter((port) => port !== pre && port !== post),
    continuous: model.ports.filter(({ signal }) => signal === 'continuous'),
  };
}

function guessPre(
  open: readonly PortSymbol[],
  spikePorts: readonly PortSymbol[],
  { name, span }: CheckedModel,
  report: Report<RoleMessages>,
): PortSymbol | undefined {
  const [only] = open;
  if (open.length === 1 && only !== undefined && !only.name.startsWith('post')) return only;
  const called = beginningWith('pre', open);
  if (called.length === 0)
    report('no-pre-port', span, { model: name, ports: spikePorts.map((port) => port.name) });
  return onlyOne('pre', called, report);
}

function beginningWith(start: 'pre' | 'post', ports: readonly PortSymbol[]): readonly PortSymbol[] {
  return ports.filter(({ name }) => name.startsWith(start));
}

function onlyOne(
  role: 'pre' | 'post',
  ports: readonly PortSymbol[],
  report: Report<RoleMessages>,
): PortSymbol | undefined {
  const [first, second] = ports;
  if (second === undefined) return first;
  const related = ports.map(({ declared }) => ({ message: 'declared here', span: declared }));
  const parameters = { role, ports: ports.map(({ name }) => name) };
  report('ambiguous-port', second.declared, parameters, { related: related.slice(0, 1) });
  return undefined;
}

function refuseVector(role: 'pre' | 'post', port: PortSymbol, report: Report<RoleMessages>): void {
  if (port.size !== undefined) report('vector-role-port', port.declared, { role, port: port.name });
}

function portNamed(
  option: string,
  name: string,
  model: CheckedModel,
  spikePorts: readonly PortSymbol[],
  report: Report<RoleMessages>,
): PortSymbol | undefined {
  const found = spikePorts.find((port) => port.name === name);
  if (found !== undefined) return found;
  const suggestion = closestName(
    name,
    spikePorts.map((port) => port.name),
  );
  const parameters = { model: model.name, option, name, wanted: 'spike port', suggestion };
  report('unknown-role', model.span, parameters);
  return undefined;
}
