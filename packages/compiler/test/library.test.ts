import { describe, expect, it } from 'vitest';
import { libraryModel, solvedModel } from './models.ts';

/** One line for each list of `integrate_odes`: each state with its solver. */
function solversOf(name: string): readonly string[] {
  return solvedModel(libraryModel(name)).variants.map(({ solvers }) =>
    solvers.map(({ state, solver }) => `${state.writtenName} ${solver}`).join(', '),
  );
}

describe('the neurons of the library are solved exactly where they are linear', () => {
  it.each([
    ['iaf_psc_alpha', ['refr_t countdown', 'V_m propagator']],
    [
      'iaf_psc_exp',
      [
        'I_syn_exc propagator, I_syn_inh propagator, refr_t countdown',
        'I_syn_exc propagator, I_syn_inh propagator, V_m propagator',
      ],
    ],
    ['iaf_psc_delta', ['refr_t countdown', 'V_m propagator']],
    ['iaf_cond_alpha', ['refr_t countdown', 'V_m numeric']],
    // The membrane is held during refractoriness, so that the adaptation is linear then.
    ['aeif_cond_exp', ['w propagator, refr_t countdown', 'V_m numeric, w numeric']],
    [
      'hh_psc_alpha',
      [
        'V_m numeric, Act_n numeric, Act_m numeric, Inact_h numeric, refr_t countdown',
        'V_m numeric, Act_n numeric, Act_m numeric, Inact_h numeric',
      ],
    ],
    ['izhikevich', ['V_m numeric, U_m numeric']],
  ])('%s', (name, expected) => {
    expect(solversOf(name)).toEqual(expected);
  });
});

describe('the solved form of iaf_psc_alpha', () => {
  const model = solvedModel(libraryModel('iaf_psc_alpha'));

  it('drives the membrane by both convolutions in one system, and moves the membrane alone', () => {
    const [group, ...others] = model.variants[1]!.affine;
    expect(others).toEqual([]);
    const { states } = group!.system;
    expect(group!.moved.map((place) => states[place]!.writtenName)).toEqual(['V_m']);
    expect(new Set(states.map(({ name }) => name))).toEqual(
      new Set([
        'V_m',
        'K_syn_exc__X__exc_spikes',
        'K_syn_exc__X__exc_spikes__1',
        'K_syn_inh__X__inh_spikes',
        'K_syn_inh__X__inh_spikes__1',
      ]),
    );
  });

  it('computes its propagators from time constants and the capacitance', () => {
    const fixed = model.variants[1]!.affine[0]!.system.fixedBy.map(({ name }) => name);
    expect(fixed.toSorted()).toEqual(['C_m', 'tau_m', 'tau_syn_exc', 'tau_syn_inh']);
  });

  it('steps in the order of rule D1', () => {
    expect(model.step.map(({ kind }) => kind)).toEqual([
      'collectSpikes',
      'update',
      'advanceConvolutions',
      'condition',
      'nextInputs',
      'record',
    ]);
  });

  it('knows what its handlers do', () => {
    const { effects } = model.conditionHandlers[0]!;
    expect(effects.writes.map(({ name }) => name)).toEqual(['refr_t', 'V_m']);
    expect([effects.emits, effects.prints, effects.draws, effects.integrates]).toEqual([true, false, [], []]);
    expect(model.update.effects.integrates).toEqual([0, 1]);
  });

  it('knows what is derived from what', () => {
    const membrane = model.dependencies.find(({ variable }) => variable.name === 'V_m');
    expect(membrane?.on.map(({ name }) => name)).toEqual(['E_L']);
  });

  it('offers states, inlines, parameters and convolutions for recording', () => {
    expect(model.recordables.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['V_m', 'I_syn_exc', 'tau_m', 'convolve(K_syn_exc, exc_spikes)']),
    );
  });
});
