// Shared by all C++ peers: the drive, rows of inputs as the engine has them, the list of spikes, the clock, the line of results.
#pragma once

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <vector>

#include "generated.hpp"

/** Processor time of this program, s, as the engine is measured. */
inline double processorSeconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/** The drive of a workload. */
struct Drive {
  long instances;
  double currentLow, currentSpan;
  double excWeight;
  long excPeriod, excPhase;
  double inhWeight;
  long inhPeriod, inhPhase;
};

#define DRIVE_OF(neuron)                                                                              \
  Drive {                                                                                             \
    neuron::instances, neuron::currentLow, neuron::currentSpan, neuron::excWeight, neuron::excPeriod, \
        neuron::excPhase, neuron::inhWeight, neuron::inhPeriod, neuron::inhPhase                      \
  }

/** The constant current of each instance, pA; the same doubles as in workloads.ts. */
inline std::vector<double> constantCurrents(const Drive& drive) {
  std::vector<double> currents(drive.instances);
  for (long i = 0; i < drive.instances; ++i) {
    const double place = static_cast<double>(i * run::scatter % run::places) / run::places;
    currents[i] = drive.currentLow + drive.currentSpan * place;
  }
  return currents;
}

/** Inputs of one step: a double per instance. */
struct Rows {
  const double* exc;
  const double* inh;
  const double* stim;
};

/** Inputs of some steps at once, in as much memory as the engine gives them, so that they stay in the cache. */
class InputSlices {
 public:
  explicit InputSlices(const Drive& drive) : drive_(drive) {
    const long stepBytes = 3 * drive.instances * static_cast<long>(sizeof(double));
    sliceSteps_ = std::clamp(sliceBytes / stepBytes, 1L, mostSteps);
    rows_.resize(sliceSteps_ * 3 * drive.instances);
  }

  long sliceSteps() const { return sliceSteps_; }

  void fill(long first, long steps) {
    std::memset(rows_.data(), 0, steps * 3 * drive_.instances * sizeof(double));
    for (long step = 0; step < steps; ++step) {
      const long now = first + step;
      double* row = rows_.data() + step * 3 * drive_.instances;
      if (now % drive_.excPeriod == drive_.excPhase) add(row, drive_.excWeight);
      if (now % drive_.inhPeriod == drive_.inhPhase) add(row + drive_.instances, drive_.inhWeight);
    }
  }

  Rows at(long step) const {
    const double* row = rows_.data() + step * 3 * drive_.instances;
    return {row, row + drive_.instances, row + 2 * drive_.instances};
  }

 private:
  static constexpr long sliceBytes = 1L << 20;
  static constexpr long mostSteps = 256;

  void add(double* row, double weight) const {
    for (long i = 0; i < drive_.instances; ++i) row[i] += weight;
  }

  Drive drive_;
  long sliceSteps_;
  std::vector<double> rows_;
};

struct Spike {
  int instance;
  int step;
  double weight;
};

/** Emitted spikes; the place for a step's spikes is made before the step. */
class SpikeList {
 public:
  explicit SpikeList(long instances) : instances_(instances) { spikes_.resize(4 * instances); }

  void prepareStep(long step) {
    step_ = static_cast<int>(step);
    if (count_ + instances_ > static_cast<long>(spikes_.size())) spikes_.resize(2 * spikes_.size());
  }

  void emit(long instance) { spikes_[count_++] = {static_cast<int>(instance), step_, 1.0}; }

  long count() const { return count_; }

 private:
  long instances_;
  long count_ = 0;
  int step_ = 0;
  std::vector<Spike> spikes_;
};

/** What a run counts beside its time. */
struct Counts {
  long substeps = 0;
  long attempts = 0;
};

/** Runs all steps of a population and prints a line of JSON. */
template <class Population>
void measure(const Drive& drive) {
  Population population(constantCurrents(drive));
  InputSlices inputs(drive);
  SpikeList spikes(drive.instances);
  double update = 0;
  const double start = processorSeconds();
  for (long first = 0; first < run::steps; first += inputs.sliceSteps()) {
    const long steps = std::min(inputs.sliceSteps(), run::steps - first);
    inputs.fill(first, steps);
    const double before = processorSeconds();
    for (long step = 0; step < steps; ++step) {
      spikes.prepareStep(first + step);
      population.advance(inputs.at(step), spikes);
    }
    update += processorSeconds() - before;
  }
  const double total = processorSeconds() - start;
  const Counts counts = population.counts();
  std::printf("{\"update\":%.9f,\"total\":%.9f,\"spikes\":%ld,\"substeps\":%ld,\"attempts\":%ld}\n", update, total,
              spikes.count(), counts.substeps, counts.attempts);
}
