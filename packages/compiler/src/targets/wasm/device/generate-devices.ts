import { type DeviceArtefact, interfaceVersion } from '@nestml/engine/interface';
import { buildModule } from '../encoder/build-module.ts';
import { withLibrary } from '../library.ts';
import { lowerFunction } from '../ssa/lower-function.ts';
import { definePoissonSpikes } from './define-poisson-spikes.ts';
import { defineFillTable, defineSearch } from './poisson-table.ts';

/** The module that draws the spikes of Poisson devices (rule D14); the same for all models. */
export function generateDevices(): DeviceArtefact {
  const functions = withLibrary([...definePoissonSpikes(), defineFillTable(), defineSearch()]);
  const bytes = buildModule({
    memory: { module: 'env', name: 'memory', minimumPages: 1 },
    imports: [],
    functions: functions.map(lowerFunction),
    exports: [{ name: 'addPoissonSpikes', callee: 'addPoissonSpikes' }],
  });
  return { version: interfaceVersion, bytes };
}
