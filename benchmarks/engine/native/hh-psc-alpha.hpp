// hh_psc_alpha: membrane and gates by Dormand-Prince 5(4), synaptic currents exactly.
#pragma once

#include <cmath>

#include "dormand-prince.hpp"

namespace hh_psc_alpha {

/** exp(-node * h / tau) for the nodes of a sub-step that is a whole step. */
struct Decays {
  explicit Decays(double tau) {
    for (int stage = 0; stage < method::stageCount; ++stage) at[stage] = std::exp(-method::nodes[stage] * run::stepMs / tau);
  }
  double at[method::stageCount];
};

/** A current I and J = I' + I / tau: I(t) = (I + J t) exp(-t / tau). */
struct Alpha {
  double I, J;
};

/** The equations of one neuron during a step; states are V_m, n, m, h. */
template <bool Tuned>
struct Problem {
  static constexpr int states = 4;
  static constexpr bool isTuned = Tuned;

  const Decays &excDecays, &inhDecays;
  Alpha exc, inh;
  double current;

  double driversAtBegin() const { return exc.I - inh.I; }

  template <int Stage>
  double driversAt(double time, bool isWhole) const {
    const double excCurrent = exc.I + exc.J * time;
    const double inhCurrent = inh.I + inh.J * time;
    if (Tuned && isWhole) return excCurrent * excDecays.at[Stage] - inhCurrent * inhDecays.at[Stage];
    return excCurrent * std::exp(time * (-1 / tau_syn_exc)) - inhCurrent * std::exp(time * (-1 / tau_syn_inh));
  }

  void slopes(double synaptic, const double (&state)[states], double (&slope)[states]) const {
    const auto [V, n, m, h] = state;
    const double sodium = g_Na * (m * m * m) * h * (V - E_Na);
    const double potassium = g_K * ((n * n) * (n * n)) * (V - E_K);
    const double leak = g_L * (V - E_L);
    const double alphaN = 0.01 * (V + 55) / (1 - std::exp((V + 55) * -0.1));
    const double betaN = 0.125 * std::exp((V + 65) * (-1.0 / 80));
    const double alphaM = 0.1 * (V + 40) / (1 - std::exp((V + 40) * -0.1));
    const double betaM = 4 * std::exp((V + 65) * (-1.0 / 18));
    const double alphaH = 0.07 * std::exp((V + 65) * (-1.0 / 20));
    const double betaH = 1 / (1 + std::exp((V + 35) * -0.1));
    slope[0] = (-(sodium + potassium + leak) + synaptic + current) * (1 / C_m);
    slope[1] = alphaN * (1 - n) - betaN * n;
    slope[2] = alphaM * (1 - m) - betaM * m;
    slope[3] = alphaH * (1 - h) - betaH * h;
  }
};

template <bool Tuned>
class Population {
 public:
  explicit Population(std::vector<double> currents)
      : constant_(std::move(currents)),
        V_(constant_.size(), initial_V_m),
        n_(constant_.size(), initial_Act_n),
        m_(constant_.size(), initial_Act_m),
        h_(constant_.size(), initial_Inact_h),
        trial_(constant_.size(), run::stepMs),
        exc_(constant_.size(), Alpha{0, 0}),
        inh_(constant_.size(), Alpha{0, 0}),
        refractory_(constant_.size(), 0) {}

  void advance(const Rows& rows, SpikeList& spikes) {
    const long count = static_cast<long>(V_.size());
    for (long i = 0; i < count; ++i) {
      const double before = V_[i];
      const Problem<Tuned> problem{excDecays_, inhDecays_, exc_[i], inh_[i], constant_[i] + rows.stim[i]};
      double states[4] = {V_[i], n_[i], m_[i], h_[i]};
      if (!integrate(problem, states, trial_[i], tolerance, counts_)) failed_ = true;
      V_[i] = states[0];
      n_[i] = states[1];
      m_[i] = states[2];
      h_[i] = states[3];
      if (refractory_[i] > 0) --refractory_[i];
      receive(exc_[i], excDecays_, tau_syn_exc, rows.exc[i]);
      receive(inh_[i], inhDecays_, tau_syn_inh, rows.inh[i]);
      if (refractory_[i] == 0 && V_[i] > V_spike && before > V_[i]) {
        refractory_[i] = refractorySteps_;
        spikes.emit(i);
      }
    }
  }

  Counts counts() const { return failed_ ? Counts{-1, -1} : counts_; }

 private:
  static void receive(Alpha& alpha, const Decays& decays, double tau, double weight) {
    const double decay = decays.at[method::stageCount - 1];
    alpha.I = (alpha.I + alpha.J * run::stepMs) * decay;
    alpha.J = alpha.J * decay + weight * (M_E / tau);
  }

  const Decays excDecays_{tau_syn_exc}, inhDecays_{tau_syn_inh};
  const int refractorySteps_ = static_cast<int>(std::lround(refr_T / run::stepMs));
  std::vector<double> constant_, V_, n_, m_, h_, trial_;
  std::vector<Alpha> exc_, inh_;
  std::vector<int> refractory_;
  Counts counts_;
  bool failed_ = false;
};

}  // namespace hh_psc_alpha
