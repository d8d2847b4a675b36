import { conditionOrder } from './condition-order.rule.ts';
import { convolutionsInPlace } from './convolutions-in-place.rule.ts';
import { delaysElsewhere } from './delays-elsewhere.rule.ts';
import { derivativesUsed } from './derivatives-used.rule.ts';
import { duplicateBlocks } from './duplicate-blocks.rule.ts';
import { effectsInPlace } from './effects-in-place.rule.ts';
import { equationsIntegrated } from './equations-integrated.rule.ts';
import { functionParameters } from './function-parameters.rule.ts';
import { functionReturns } from './function-returns.rule.ts';
import { guardsOfDefaults } from './guards-of-defaults.rule.ts';
import { handlerPriorities } from './handler-priorities.rule.ts';
import { initialValues } from './initial-values.rule.ts';
import { integrationPaths } from './integration-paths.rule.ts';
import { kernelNumbers } from './kernel-numbers.rule.ts';
import { kernelVariables } from './kernel-variables.rule.ts';
import { kernelsElsewhere } from './kernels-elsewhere.rule.ts';
import { linearKernels } from './linear-kernels.rule.ts';
import { linearSpikes } from './linear-spikes.rule.ts';
import { loopDirection } from './loop-direction.rule.ts';
import { namesElsewhere } from './names-elsewhere.rule.ts';
import { oneHandlerPerPort } from './one-handler-per-port.rule.ts';
import { portSigns } from './port-signs.rule.ts';
import { portsAndOutput } from './ports-and-output.rule.ts';
import { pulsesDelivered } from './pulses-delivered.rule.ts';
import { randomElsewhere } from './random-elsewhere.rule.ts';
import { randomInPlace } from './random-in-place.rule.ts';
import type { Rule } from './rule.ts';
import { spikeOutput } from './spike-output.rule.ts';
import { stepFunctions } from './step-functions.rule.ts';
import { timeInEquations } from './time-in-equations.rule.ts';
import { unusedDeclarations } from './unused-declarations.rule.ts';
import { vectorSizeValues } from './vector-size-values.rule.ts';

/** All rules. Their order does not matter: findings are sorted by place. */
export const rules: readonly Rule[] = [
  duplicateBlocks,
  portsAndOutput,
  spikeOutput,
  equationsIntegrated,
  effectsInPlace,
  derivativesUsed,
  vectorSizeValues,
  initialValues,
  timeInEquations,
  linearSpikes,
  linearKernels,
  kernelVariables,
  kernelNumbers,
  convolutionsInPlace,
  randomInPlace,
  stepFunctions,
  functionReturns,
  oneHandlerPerPort,
  handlerPriorities,
  guardsOfDefaults,
  integrationPaths,
  pulsesDelivered,
  unusedDeclarations,
  loopDirection,
  portSigns,
  namesElsewhere,
  delaysElsewhere,
  kernelsElsewhere,
  functionParameters,
  conditionOrder,
  randomElsewhere,
];
