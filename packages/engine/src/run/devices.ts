import { type Block, NS_PER_MS } from '../block/block.ts';
import { doubleBytes, poissonRequest, poissonTable } from '../interface/index.ts';
import { instanceKeys, KEY_KIND } from '../random/keys.ts';
import type { PoissonInput, PortRows } from './inputs.ts';

/** Adds what devices bring to the rows at `address` of the steps `firstStep` … `firstStep + steps` − 1. */
export type AddDevices = (address: number, firstStep: number, steps: number) => void;

/** The key of an instance: two words of 4 bytes. */
const KEY_BYTES = 8;
/** Bytes behind the keys that the device module may read. */
const KEY_MARGIN = 56;
/** Steps whose numbers have the same high word, for which a request can be made. */
const STEPS_OF_HIGH_WORD = 2 ** 32;

/** Where the parts of requests lie. */
interface RequestMemory {
  readonly request: number;
  readonly keys: number;
  readonly table: number;
}

/** What the requests of all devices of a block have in common. */
interface Devices {
  readonly block: Block;
  readonly memory: RequestMemory;
  readonly ports: ReadonlyMap<string, PortRows>;
  readonly rowBytes: number;
}

/** Mean number of spikes in a step of a device with a rate in 1/ms. */
export function meanOf({ stepNs }: Block, rate: number): number {
  return (rate * stepNs) / NS_PER_MS;
}

/** Prepares Poisson devices whose means are possible; those whose port the model does not read are left out. Allocates memory. */
export function createDevices(
  block: Block,
  inputs: readonly PoissonInput[],
  ports: ReadonlyMap<string, PortRows>,
  rowBytes: number,
): AddDevices {
  const heard = inputs.filter(({ port }) => ports.has(port));
  if (heard.length === 0) return () => {};
  const { addPoissonSpikes } = block.engine.devices();
  const devices: Devices = { block, memory: allocateRequest(block), ports, rowBytes };
  return (address, firstStep, steps) => {
    for (const input of heard) {
      const end = Math.min(input.endStep ?? Number.POSITIVE_INFINITY, firstStep + steps);
      let begin = Math.max(input.firstStep ?? 0, firstStep);
      while (begin < end) {
        const next = Math.min(end, (Math.floor(begin / STEPS_OF_HIGH_WORD) + 1) * STEPS_OF_HIGH_WORD);
        const stepBytes = rowBytes * block.module.layout.rows.length;
        const rows = address + (begin - firstStep) * stepBytes;
        writeRequest(devices, input, { rows, stepBytes, firstStep: begin, steps: next - begin });
        addPoissonSpikes(devices.memory.request);
        begin = next;
      }
    }
  };
}

function allocateRequest({ engine, identity, instances }: Block): RequestMemory {
  const { arena } = engine;
  const request = arena.allocate(poissonRequest.bytes);
  const table = arena.allocate(poissonTable.bytes);
  const keys = arena.allocate(instances * KEY_BYTES + KEY_MARGIN);
  const words = instanceKeys(identity, instances, KEY_KIND.devices);
  const view = arena.view(keys, instances * KEY_BYTES);
  words.forEach((word, place) => {
    view.setUint32(4 * place, word, true);
  });
  return { request, keys, table };
}

/** The steps of a request, and where the rows of the first one lie. */
interface RequestedSteps {
  readonly rows: number;
  readonly stepBytes: number;
  readonly firstStep: number;
  readonly steps: number;
}

function writeRequest(devices: Devices, input: PoissonInput, requested: RequestedSteps): void {
  const { block, memory, ports, rowBytes } = devices;
  const { rows, stepBytes, firstStep, steps } = requested;
  const first = input.instance ?? 0;
  const port = ports.get(input.port);
  const addressOf = (row = -1): number => (row < 0 ? 0 : rows + row * rowBytes + first * doubleBytes);
  const view = block.engine.arena.view(memory.request, poissonRequest.bytes);
  const setInteger = (field: number, value: number): void => view.setUint32(field, value, true);
  const setDouble = (field: number, value: number): void => view.setFloat64(field, value, true);
  setInteger(poissonRequest.instances, input.instance === undefined ? block.instances : 1);
  setInteger(poissonRequest.steps, steps);
  setInteger(poissonRequest.keyAddress, memory.keys + first * KEY_BYTES);
  setInteger(poissonRequest.tableAddress, memory.table);
  setInteger(poissonRequest.weightAddress, addressOf(port?.weight));
  setInteger(poissonRequest.countAddress, addressOf(port?.count));
  setInteger(poissonRequest.stepBytes, stepBytes);
  setInteger(poissonRequest.site, input.device);
  setDouble(poissonRequest.mean, meanOf(block, input.rate));
  setDouble(poissonRequest.weight, input.weight);
  setDouble(poissonRequest.firstStep, firstStep);
}
