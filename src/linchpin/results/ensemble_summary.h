// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "linchpin/core/dense.h"

namespace linchpin {

/// One measured loss of one region over the draws of an ensemble [% of baseline].
struct EnsembleLoss {
  std::string region;   ///< label, or WORLD
  std::string measure;  ///< "final_use_loss_pct"
  bool defined = true;  ///< false: the baseline is zero
  double central = 0;   ///< of the run with the scenario's own numbers
  double p05 = 0, p50 = 0, p95 = 0;
  double mean = 0, standard_deviation = 0;
};

/// A number that was uncertain.
struct EnsembleParameter {
  std::string name;
  std::string words;  ///< what it means
  std::string distribution;
  double low = 0, high = 0;
  std::optional<double> mode;
  std::string correlation_group;
};

/// Sensitivity of the headline to one number, or to a group of them that move together.
struct EnsembleSensitivity {
  std::string parameter;  ///< its name, or the group's
  std::vector<std::string> members;
  double first = 0, total = 0;
  std::pair<double, double> first_interval, total_interval;  ///< 95 %, by bootstrap
};

/// Shares of baseline of one region over time.
struct EnsembleBand {
  std::string region;
  std::string series;  ///< "final_use", "value_added" or "output"
  std::vector<double> p05, p50, p95;
};

/// What an ensemble found for one scenario, in labels and words: what writers need.
struct EnsembleSummary {
  std::string scenario;
  std::string focus;  ///< label of the region that sensitivity and bands are about
  std::string design;
  std::uint64_t seed = 0;
  std::size_t draws = 0;
  std::size_t independent = 0;  ///< draws that quantiles rest on
  std::size_t failed = 0;
  std::size_t beyond_threshold = 0;  ///< independent draws in which shortages feed on themselves
  std::vector<std::pair<std::size_t, std::string>> failures;  ///< draw and reason, the first few
  bool has_quantiles = true;
  bool assumed = false;  ///< nobody said what is uncertain: the default set
  std::vector<EnsembleParameter> parameters;
  std::vector<EnsembleLoss> losses;
  std::vector<EnsembleSensitivity> sensitivity;
  std::string no_sensitivity;  ///< why there are no indices; empty if there are
  std::size_t groups = 0, groups_dropped = 0;
  double band_resolution = 0;
  std::vector<EnsembleBand> bands;
  std::string ledger;  ///< the assumptions that move the headline most, in a sentence
  std::vector<std::string> warnings;
};

/// The loss `region` has in `measure`; null if there is none of that name.
[[nodiscard]] EnsembleLoss const* find_loss(EnsembleSummary const& summary,
                                            std::string const& region, std::string const& measure);

inline constexpr char const* headline_measure = "final_use_loss_pct";

}  // namespace linchpin
