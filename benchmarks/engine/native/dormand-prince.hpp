// Adaptive Dormand-Prince 5(4) with the method's numbers and the step-size control of packages/dynamics/src/methods, for one neuron.
// All sums over stages are unrolled at compile time; weights of 0 cost nothing.
#pragma once

#include <cmath>
#include <limits>
#include <utility>

#include "common.hpp"

template <int States>
using Vector = double[States];

/** Sum over stages of weight times slope. */
template <const double (&Weights)[method::stageCount], int Stage, int States>
inline double weightedSum(const double (&slopes)[method::stageCount][States], int state) {
  if constexpr (Stage < 0) {
    return 0;
  } else if constexpr (Weights[Stage] == 0) {
    return weightedSum<Weights, Stage - 1, States>(slopes, state);
  } else {
    return weightedSum<Weights, Stage - 1, States>(slopes, state) + Weights[Stage] * slopes[Stage][state];
  }
}

template <class Problem, int Stage>
inline void evaluateStage(const Problem& problem, double time, double step, bool isWhole,
                          const double (&before)[Problem::states], double (&after)[Problem::states],
                          double (&slopes)[method::stageCount][Problem::states]) {
  for (int i = 0; i < Problem::states; ++i) {
    after[i] = before[i] + step * weightedSum<method::stages[Stage], Stage - 1, Problem::states>(slopes, i);
  }
  problem.slopes(problem.template driversAt<Stage>(time + method::nodes[Stage] * step, isWhole), after, slopes[Stage]);
}

template <class Problem, int... Stage>
inline void evaluateStages(std::integer_sequence<int, Stage...>, const Problem& problem, double time, double step,
                           bool isWhole, const double (&before)[Problem::states], double (&after)[Problem::states],
                           double (&slopes)[method::stageCount][Problem::states]) {
  (evaluateStage<Problem, Stage + 1>(problem, time, step, isWhole, before, after, slopes), ...);
}

/** The factor for the next sub-step. */
inline double stepFactor(double ratio) {
  const double factor = method::safety * std::pow(ratio, -1.0 / (method::errorOrder + 1));
  return std::min(std::max(factor, method::smallestFactor), method::largestFactor);
}

/** Whether a last sub-step of this error would propose a longer one than is planned: ratio < (safety * step / trial)^(order + 1). */
inline bool wouldGrow(double ratio, double step, double trial) {
  static_assert(method::errorOrder == 4);
  const double limit = method::safety * step / trial;
  const double square = limit * limit;
  return ratio < square * square * limit && trial < method::largestFactor * step;
}

/**
 * Integrates the states of one neuron over a step. `trial` is the length of the first attempt and is kept for the next step. A problem
 * with `isTuned` computes the power of the step-size control only where it can change something.
 * @return false if the states became infinite or NaN
 */
template <class Problem>
inline bool integrate(const Problem& problem, double (&states)[Problem::states], double& trial, double tolerance,
                      Counts& counts) {
  constexpr int size = Problem::states;
  const double granted = method::share * tolerance;
  double slopes[method::stageCount][size];
  problem.slopes(problem.driversAtBegin(), states, slopes[0]);
  double time = 0;
  bool wasRejected = false;
  for (long attempt = 0; attempt < method::mostAttempts; ++attempt) {
    const double remaining = run::stepMs - time;
    const bool isLast = trial >= remaining;
    const double step = isLast ? remaining : trial;
    double after[size];
    evaluateStages(std::make_integer_sequence<int, method::stageCount - 1>{}, problem, time, step,
                   step == run::stepMs, states, after, slopes);
    double worst = 0;
    double total = 0;
    for (int i = 0; i < size; ++i) {
      const double error = step * weightedSum<method::errorWeights, method::stageCount - 1, size>(slopes, i);
      const double magnitude = std::max(std::fabs(states[i]), std::fabs(after[i]));
      const double ratio = std::fabs(error) / (granted + granted * magnitude);
      worst = std::max(worst, ratio);
      total += ratio;
    }
    if (!(total < std::numeric_limits<double>::infinity())) worst = std::numeric_limits<double>::infinity();
    ++counts.attempts;
    if (worst <= 1) {
      ++counts.substeps;
      if (!isLast || !Problem::isTuned || wouldGrow(worst, step, trial)) {
        const double factor = stepFactor(worst);
        const double proposed = step * (wasRejected ? std::min(factor, 1.0) : factor);
        trial = isLast ? std::max(trial, proposed) : proposed;
      }
      for (int i = 0; i < size; ++i) states[i] = after[i];
      if (isLast) return std::isfinite(total);
      for (int i = 0; i < size; ++i) slopes[0][i] = slopes[method::stageCount - 1][i];
      time += step;
      wasRejected = false;
    } else {
      trial = step * std::min(stepFactor(worst), method::safety);
      wasRejected = true;
      if (trial < 1e-12 * run::stepMs) return false;
    }
  }
  return false;
}
