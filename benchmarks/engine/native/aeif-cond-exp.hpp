// aeif_cond_exp: membrane and adaptation by Dormand-Prince 5(4), conductances exactly.
#pragma once

#include <cmath>

#include "dormand-prince.hpp"

namespace aeif_cond_exp {

/** The conductances at one time, nS. */
struct Drivers {
  double exc, inh;
};

/** exp(-node * h / tau) for the nodes of a sub-step that is a whole step. */
struct Decays {
  explicit Decays(double tau) {
    for (int stage = 0; stage < method::stageCount; ++stage) at[stage] = std::exp(-method::nodes[stage] * run::stepMs / tau);
  }
  double at[method::stageCount];
};

/** The equations of one neuron during a step. */
template <bool Tuned>
struct Problem {
  static constexpr int states = 2;
  static constexpr bool isTuned = Tuned;

  const Decays &excDecays, &inhDecays;
  double exc, inh, current;

  Drivers driversAtBegin() const { return {exc, inh}; }

  template <int Stage>
  Drivers driversAt(double time, bool isWhole) const {
    if (Tuned && isWhole) return {exc * excDecays.at[Stage], inh * inhDecays.at[Stage]};
    return {exc * std::exp(time * (-1 / tau_syn_exc)), inh * std::exp(time * (-1 / tau_syn_inh))};
  }

  void slopes(const Drivers& drivers, const double (&state)[states], double (&slope)[states]) const {
    const double V = std::min(state[0], V_peak);
    const double spike = g_L * Delta_T * std::exp((V - V_th) * (1 / Delta_T));
    const double synaptic = -drivers.exc * (V - E_exc) - drivers.inh * (V - E_inh);
    slope[0] = (-g_L * (V - E_L) + spike + synaptic - state[1] + current) * (1 / C_m);
    slope[1] = (a * (V - E_L) - state[1]) * (1 / tau_w);
  }
};

template <bool Tuned>
class Population {
 public:
  explicit Population(std::vector<double> currents)
      : constant_(std::move(currents)),
        V_(constant_.size(), initial_V_m),
        w_(constant_.size(), initial_w),
        exc_(constant_.size(), 0),
        inh_(constant_.size(), 0),
        trial_(constant_.size(), run::stepMs),
        refractory_(constant_.size(), 0) {}

  void advance(const Rows& rows, SpikeList& spikes) {
    const long count = static_cast<long>(V_.size());
    for (long i = 0; i < count; ++i) {
      if (refractory_[i] > 0) {
        const double target = a * (std::min(V_[i], V_peak) - E_L);
        w_[i] = target + (w_[i] - target) * adaptationDecay_;
        --refractory_[i];
      } else {
        const Problem<Tuned> problem{excDecays_, inhDecays_, exc_[i], inh_[i], constant_[i] + rows.stim[i]};
        double states[2] = {V_[i], w_[i]};
        if (!integrate(problem, states, trial_[i], tolerance, counts_)) failed_ = true;
        V_[i] = states[0];
        w_[i] = states[1];
      }
      exc_[i] = exc_[i] * excDecays_.at[method::stageCount - 1] + rows.exc[i];
      inh_[i] = inh_[i] * inhDecays_.at[method::stageCount - 1] + rows.inh[i];
      if (refractory_[i] == 0 && V_[i] >= V_peak) {
        refractory_[i] = refractorySteps_;
        V_[i] = V_reset;
        w_[i] += b;
        spikes.emit(i);
      }
    }
  }

  Counts counts() const { return failed_ ? Counts{-1, -1} : counts_; }

 private:
  const Decays excDecays_{tau_syn_exc}, inhDecays_{tau_syn_inh};
  const double adaptationDecay_ = std::exp(-run::stepMs / tau_w);
  const int refractorySteps_ = static_cast<int>(std::lround(refr_T / run::stepMs));
  std::vector<double> constant_, V_, w_, exc_, inh_, trial_;
  std::vector<int> refractory_;
  Counts counts_;
  bool failed_ = false;
};

}  // namespace aeif_cond_exp
