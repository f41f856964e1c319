// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "linchpin/results/leverage_answer.h"
#include "linchpin/results/result_set.h"
#include "linchpin/results/standoff_answer.h"

namespace linchpin {

/// Power on one world of a study.
struct PowerYear {
  std::string world;
  int year = 0;
  PowerAnswer answer;
};

/// Power of all others together over a region in a line, in one year of a path.
struct PowerAfter {
  std::string region, line;
  int year = 0;
  double home_share = 0;                                   ///< of its purchases, made at home
  std::optional<double> cost_pct;                          ///< of the path, as given
  std::optional<double> relative_price, relative_quality;  ///< at home over abroad; computed paths
  PowerPair power;
};

/// A stand-off in one year of a path.
struct StandoffAfter {
  std::string region, line;
  int year = 0;
  double home_share = 0;
  StandoffAnswer answer;
};

/// Tables `standoff_after` (who gives way, what play is worth) and `standoff_after_losses` (what
/// each action costs). None without years.
[[nodiscard]] std::vector<ResultTable> standoff_after_tables(std::span<StandoffAfter const> years);

/// Largest loss of a list; none in an empty one.
[[nodiscard]] std::optional<double> largest_loss(std::vector<Labelled> const& losses);

/// Table `power_after`. None without years.
[[nodiscard]] std::vector<ResultTable> after_tables(std::span<PowerAfter const> years);

/// Table `power_path`: the same years, all others together and then each sender alone, by year.
/// None without years.
[[nodiscard]] std::vector<ResultTable> power_path_tables(std::span<PowerAfter const> together,
                                                         std::span<PowerAfter const> alone);

/// Tables `power` and, where sets of elasticities were compared, `power_rank_stability`. None
/// without years.
[[nodiscard]] std::vector<ResultTable> power_tables(std::span<PowerYear const> years);

/// Tables `chokepoints` and, with draws, `chokepoint_links`. None without answers.
[[nodiscard]] std::vector<ResultTable> chokepoint_tables(
    std::span<ChokepointsAnswer const> answers);

/// Tables `payoffs`, `equilibria`, `action_odds`, and `ladder`, `ladder_ends` of those that have
/// one. None without answers.
[[nodiscard]] std::vector<ResultTable> standoff_tables(std::span<StandoffAnswer const> answers);

}  // namespace linchpin
