// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>
#include <optional>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "linchpin/disrupt/model.h"
#include "linchpin/economy/economy.h"
#include "linchpin/uncertainty/ensemble.h"

namespace linchpin::uncertainty {

/// What an ensemble of the daily model is asked for.
struct DisruptEnsembleRequest {
  std::vector<Uncertain> uncertain = {};  ///< empty: default_uncertain
  std::optional<sampling::DesignKind> design = std::nullopt;
  std::size_t draws = 0;
  Seed seed;
  /// Loss of world output [%] beyond which shortages feed on themselves; see amplification_pct.
  double threshold_pct = std::numeric_limits<double>::infinity();
  RegionId focus;  ///< whose loss of final use the sensitivity is about, and whose bands are kept
  std::vector<std::pair<std::string, std::string>> fingerprint = {};  ///< see EnsembleRequest
  sampling::CheckpointSink* checkpoint = nullptr;
};

/// Losses kept per draw: this many per region, then for the world.
inline constexpr char const* ensemble_measures[] = {"final_use_loss_pct", "value_added_loss_pct",
                                                    "output_loss_pct"};
/// Shares of baseline over time kept of the region in focus.
inline constexpr char const* ensemble_series[] = {"final_use", "value_added", "output"};

/// Place of a measure of a region in Ensemble::scalars; the world is region number `regions`.
[[nodiscard]] inline std::size_t scalar_place(std::size_t measure, std::size_t region,
                                              std::size_t regions) {
  return measure * (regions + 1) + region;
}

/// Place of a number that is 1 where a draw is beyond `threshold_pct`, else 0.
[[nodiscard]] inline std::size_t threshold_place(std::size_t regions) {
  return scalar_place(std::size(ensemble_measures), 0, regions);
}

/// Five times what the events of `scenario` can touch, as a share of world output [%]. A multiplier of
/// input-output chains is two or three: a larger loss comes from shortages that feed on themselves.
[[nodiscard]] double amplification_pct(Scenario const& scenario,
                                       disrupt::Path const& central);

/// Runs `scenario` under `request.draws` draws of its uncertain numbers.
/// \error as find_parameters, run_ensemble and disrupt::simulate_block
[[nodiscard]] Result<Ensemble> disrupt_ensemble(Economy const& economy, Scenario const& scenario,
                                                disrupt::ModelOptions const& options,
                                                DisruptEnsembleRequest const& request,
                                                RunControl const& control = {});

/// The assumptions ledger: "Of the numbers taken to be uncertain, … moves this result most (62 % of
/// its variance, interactions included), then …"; says so where there are no indices.
[[nodiscard]] std::string ledger_sentence(Ensemble const& ensemble);

}  // namespace linchpin::uncertainty
