// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/core/random.h"
#include "linchpin/core/run_control.h"
#include "linchpin/sampling/checkpoint.h"
#include "linchpin/sampling/design.h"
#include "linchpin/sampling/distribution.h"
#include "linchpin/sampling/sensitivity.h"

namespace linchpin::uncertainty {

/// A number that is not known exactly.
struct Uncertain {
  std::string parameter;  ///< its name, as the question knows it
  sampling::Distribution distribution;
  /// Numbers of one group move together: each takes the same quantile of its own distribution
  /// (comonotonic). Empty: independent of all others.
  std::string correlation_group = {};
  std::string where = {};  ///< "scenario.toml:12", for messages
};

/// What varies on its own: one uncertain number, or all of a correlation group.
struct Factor {
  std::string name;                  ///< of the parameter, or of the group
  std::vector<std::size_t> members;  ///< places in the list of uncertain numbers
};

/// Factors in the order of their first members.
[[nodiscard]] std::vector<Factor> factors_of(std::vector<Uncertain> const& uncertain);

/// What one draw gave.
struct Outcome {
  std::vector<double> scalars;
  DenseMatrix series;  ///< series x steps
};

/// Answers a batch of draws: one row of `values` per draw, one column per uncertain number. An
/// error in the place of an outcome is a failed draw; an error as a whole ends the ensemble.
using Evaluate = std::function<Result<std::vector<Result<Outcome>>>(DenseMatrix const& values,
                                                                    RunControl const& control)>;

struct EnsembleRequest {
  std::vector<Uncertain> uncertain = {};
  std::optional<sampling::DesignKind> design = {};  ///< empty: sampling::best_design
  std::size_t draws = 0;
  Seed seed;
  std::size_t scalars = 0;   ///< of each Outcome
  std::size_t headline = 0;  ///< the scalar whose sensitivity is asked for
  std::size_t series = 0;
  std::size_t steps = 0;
  std::size_t batch = 64;  ///< draws at once; changes memory and time, never the answer
  /// What else determines the answer (world, scenario, options), as (name, value).
  std::vector<std::pair<std::string, std::string>> fingerprint = {};
  sampling::CheckpointSink* checkpoint = nullptr;  ///< to go on from and to save to
  bool keep_draws = false;  ///< whether the answer holds numbers and scalars of every draw
};

/// Numbers and scalars of every draw.
struct KeptDraws {
  DenseMatrix points;        ///< draws x uncertain numbers
  DenseMatrix scalars;       ///< draws x scalars; zeros where a draw failed
  std::vector<bool> usable;  ///< draws that are independent and did not fail
};

/// A scalar over the independent draws that succeeded.
struct Spread {
  double p05 = 0, p50 = 0, p95 = 0;  ///< exact; not of a Stroud design, which has none
  double mean = 0;
  double standard_deviation = 0;
};

struct Ensemble {
  std::vector<Uncertain> uncertain;
  std::vector<Factor> factors;
  sampling::DesignKind design = sampling::DesignKind::sobol;
  std::size_t draws = 0;
  std::size_t independent = 0;  ///< draws that quantiles rest on, failed ones taken out
  bool has_quantiles = true;    ///< false for a Stroud design
  std::size_t failed = 0;
  std::vector<sampling::FailedDraw> failures;  ///< the first few
  std::vector<Spread> scalars;
  /// series x steps, off by at most half a Histogram::width; empty without series.
  DenseMatrix band_p05, band_p50, band_p95;
  std::optional<sampling::Indices> sensitivity;  ///< of the headline; only of a Saltelli design
  std::vector<std::string> warnings;
  std::optional<KeptDraws> kept;  ///< where asked for
};

/// Share of failed draws above which a warning is due: those that fail are rarely like the others.
inline constexpr double most_failed = 0.01;

/// Asks `evaluate` about every draw of a design and puts the answers together. Neither batches nor
/// threads nor stops on the way change a bit of the answer. Memory: 8 bytes per scalar and draw for
/// exact quantiles; bands are histograms, whose size does not grow with the number of draws.
///
/// With a checkpoint the ensemble goes on from what was saved, saves about every 50th part of the
/// work, and once more when it is cancelled.
///
/// \error bad_value   the design cannot be made, or the checkpoint belongs to another ensemble
/// \error too_large   scalars of all draws, or bands that span the whole baseline on every step,
///                    would need more than `most_answer_bytes`
/// \error cancelled   `control.cancel` was set
/// \error *           whatever `evaluate` fails with; if all draws fail, the first one's error
[[nodiscard]] Result<Ensemble> run_ensemble(EnsembleRequest const& request,
                                            Evaluate const& evaluate,
                                            RunControl const& control = {});

inline constexpr double most_answer_bytes = 2.0 * (1U << 30U);

}  // namespace linchpin::uncertainty
