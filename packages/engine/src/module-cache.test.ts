import { expect, test } from 'vitest';
import { testEngine } from '../test/leaky-block.ts';
import { leakyNeuron } from '../test/leaky-neuron.ts';
import { EngineError } from './errors.ts';
import { loadNeuron, loadNeuronLater } from './module-cache.ts';

const artefact = leakyNeuron({ perInstance: false, mostSpikesPerStep: 1 });

test('an artefact is instantiated once per engine, at once or aside', async () => {
  const engine = testEngine();
  const { exports } = loadNeuron(engine, artefact);
  expect(loadNeuron(engine, { ...artefact }).exports).toBe(exports);
  expect((await loadNeuronLater(engine, artefact)).exports).toBe(exports);
  const other = testEngine();
  const loading = [loadNeuronLater(other, artefact), loadNeuronLater(other, artefact)] as const;
  const [first, second] = await Promise.all(loading);
  expect(first.exports).toBe(second.exports);
  expect(first.exports).not.toBe(exports);
});

test('artefacts with the same key keep their own places in the source', () => {
  const engine = testEngine();
  loadNeuron(engine, artefact);
  const places = [{ name: 'V', start: 100, end: 101 }];
  const moved = loadNeuron(engine, { ...artefact, layout: { ...artefact.layout, places } });
  expect(moved.layout.places).toEqual(places);
});

test('a module of another version of the interface is refused', () => {
  const old = { ...artefact, layout: { ...artefact.layout, version: 0 } };
  expect(() => loadNeuron(testEngine(), old)).toThrow(/version 0 .*runs version 1/);
});

test('bytes that are no module are an internal error with the reason of the host, at once or aside', async () => {
  const broken = { ...artefact, key: 'broken', bytes: artefact.bytes.slice(0, 60) };
  expect(() => loadNeuron(testEngine(), broken)).toThrow(EngineError);
  await expect(loadNeuronLater(testEngine(), broken)).rejects.toThrow(/the module broken is not valid/);
});
