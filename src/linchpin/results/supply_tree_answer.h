// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "linchpin/results/leverage_answer.h"

namespace linchpin {

/// A stage of a technology as a target depends on it.
struct TreeStageRow {
  std::string stage, title;
  double cost_share_pct = 0;       ///< of the product's unit cost that passes through it
  double home_share_pct = 0;       ///< of world supply made by the target itself
  std::string largest;             ///< foreign maker; empty: none
  double largest_share_pct = 0;    ///< of world supply
  bool gates = false;              ///< without enough of it nothing is made
  bool stops = false;              ///< the largest maker alone stops it
  std::optional<double> cost_pct;  ///< rise of the product's cost without the largest; empty: stops
};

/// Makers whose denial makes the product dearer.
struct TreeLinkSet {
  std::vector<std::string> links;  ///< "ASML:lithography"
  double cost_pct = 0;
  std::vector<Labelled> value_pct;    ///< by country: what arises there, of the product's cost
  std::vector<double> band_pct = {};  ///< 5 %, 50 %, 95 % over draws; empty without
  std::size_t stopped_draws = 0;      ///< in which the set stops the product: beyond the band
  std::optional<double> best_share;   ///< of draws in which it is the best set
};

/// Who withholds every stage it makes.
struct TreeActorRow {
  std::string name, country;
  bool firm = false;
  std::vector<std::string> stopped;  ///< stages; not empty: a single point of failure
  std::optional<double> cost_pct;    ///< empty: the product is not made
  double value_pct = 0;              ///< what arises at its stages, of the product's cost
};

/// Fewest whose denial stops a stage, and so the product.
struct TreeCutRow {
  std::string stage;
  std::vector<std::string> members;
};

/// Firms and countries in the supply tree of a technology, seen from a target.
struct SupplyTreeAnswer {
  std::string technology, title, product, target;
  std::size_t k = 0;
  double theta = 0;
  double needed = 0;  ///< share of a stage that gates which must be left
  std::string theta_words, makers_words;
  std::vector<TreeStageRow> stages;
  std::vector<TreeLinkSet> sets;    ///< largest cost first
  std::optional<double> bound_pct;  ///< no set that leaves every stage costs more
  bool optimal = false;
  std::size_t evaluations = 0;
  std::vector<TreeActorRow> actors;
  std::vector<TreeCutRow> link_cuts, country_cuts;  ///< one per stage, fewest members first
  std::vector<Labelled> link_shares;  ///< of draws whose best set has the link, largest first
  std::size_t draws = 0, failed_draws = 0;
  std::uint64_t seed = 0;
  std::vector<std::string> warnings;
};

}  // namespace linchpin
