// iaf_psc_exp with exact propagators, in two ways.
#pragma once

#include <cmath>
#include <cstdint>

#include "common.hpp"

namespace iaf_psc_exp {

/** Number of steps of the refractory period. */
inline const long refractorySteps = std::lround(refr_T / run::stepMs);

struct State {
  explicit State(std::vector<double> currents)
      : constant(std::move(currents)),
        V(constant.size(), initial_V_m),
        exc(constant.size(), initial_I_syn_exc),
        inh(constant.size(), initial_I_syn_inh),
        refractory(constant.size(), 0) {}

  std::vector<double> constant, V, exc, inh;
  /** As wide as a double, so that both fill a vector alike. */
  std::vector<std::int64_t> refractory;
};

/** One loop, one neuron after the other. */
class Branchy {
 public:
  explicit Branchy(std::vector<double> currents) : state_(std::move(currents)) {}

  void advance(const Rows& rows, SpikeList& spikes) {
    const long count = static_cast<long>(state_.V.size());
    double* const V = state_.V.data();
    double* const exc = state_.exc.data();
    double* const inh = state_.inh.data();
    std::int64_t* const refractory = state_.refractory.data();
    for (long i = 0; i < count; ++i) {
      if (refractory[i] > 0) {
        --refractory[i];
      } else {
        const double drive = E_L / tau_m + (state_.constant[i] + rows.stim[i]) / C_m;
        V[i] += membraneIncrement * V[i] + excToMembrane * exc[i] + inhToMembrane * inh[i] + membraneResponse * drive;
      }
      exc[i] = decayExc * exc[i] + rows.exc[i];
      inh[i] = decayInh * inh[i] + rows.inh[i];
      if (refractory[i] == 0 && V[i] >= V_th) {
        V[i] = V_reset;
        refractory[i] = refractorySteps;
        spikes.emit(i);
      }
    }
  }

  Counts counts() const { return {}; }

 private:
  State state_;
};

/** A loop without branches that the compiler turns into vector instructions, then a search for spikes, in pieces that fit the L1 cache. */
class TwoPass {
 public:
  explicit TwoPass(std::vector<double> currents) : state_(std::move(currents)) {}

  void advance(const Rows& rows, SpikeList& spikes) {
    const long count = static_cast<long>(state_.V.size());
    for (long begin = 0; begin < count; begin += piece) {
      const long end = std::min(count, begin + piece);
      if (update(rows, begin, end)) findSpikes(begin, end, spikes);
    }
  }

  Counts counts() const { return {}; }

 private:
  static constexpr long piece = 256;

  /** Gives whether a neuron has reached the threshold; a held one lies below it. */
  bool update(const Rows& rows, long begin, long end) {
    double* const __restrict V = state_.V.data();
    double* const __restrict exc = state_.exc.data();
    double* const __restrict inh = state_.inh.data();
    std::int64_t* const __restrict refractory = state_.refractory.data();
    const double* const __restrict constant = state_.constant.data();
    const double* const __restrict stim = rows.stim;
    const double* const __restrict excInput = rows.exc;
    const double* const __restrict inhInput = rows.inh;
    std::int64_t reached = 0;
    for (long i = begin; i < end; ++i) {
      const double drive = E_L / tau_m + (constant[i] + stim[i]) * (1 / C_m);
      const double free =
          V[i] + (membraneIncrement * V[i] + excToMembrane * exc[i] + inhToMembrane * inh[i] + membraneResponse * drive);
      const double after = refractory[i] > 0 ? V[i] : free;
      refractory[i] = refractory[i] > 0 ? refractory[i] - 1 : 0;
      exc[i] = decayExc * exc[i] + excInput[i];
      inh[i] = decayInh * inh[i] + inhInput[i];
      V[i] = after;
      reached |= after >= V_th ? 1 : 0;
    }
    return reached != 0;
  }

  void findSpikes(long begin, long end, SpikeList& spikes) {
    for (long i = begin; i < end; ++i) {
      if (state_.V[i] < V_th) continue;
      state_.V[i] = V_reset;
      state_.refractory[i] = refractorySteps;
      spikes.emit(i);
    }
  }

  State state_;
};

}  // namespace iaf_psc_exp
