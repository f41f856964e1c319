// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/random.h"
#include "linchpin/economy/economy.h"
#include "linchpin/study/leverage_spec.h"
#include "linchpin/study/leverage_world.h"
#include "linchpin/study/parameter_source.h"
#include "linchpin/study/trade_world.h"
#include "linchpin/table/nowcast/split.h"

namespace linchpin::study {

/// A line of a study on one world: what its numbers are drawn from.
struct CarveLine {
  CarveLineSpec const* spec = nullptr;
  RangedNumber sales;             ///< [unit of the world per year]
  std::vector<double> suppliers;  ///< [region] relative to each other
  std::size_t home = 0;
  std::string words;  ///< where sales and makers come from
};

/// Sales and makers of the lines; production of minerals (the latest year that is reported or
/// estimated) times the shipped prices. Labels are known (`check_leverage`).
/// \error bad_value        a mineral without a price or a producer, a world that is not in USD
/// \error of the files     data/minerals/production.csv, data/parameters/mineral_prices.csv
[[nodiscard]] Result<std::vector<CarveLine>> carve_lines(LeverageSpec const& spec,
                                                         TradeGround const& ground,
                                                         ParameterSource const& source,
                                                         std::vector<std::string>& warnings);

/// Where the numbers of an ensemble lie: theta by sector and the lines' own numbers.
struct CarveRanges {
  ThetaRanges theta;  ///< of the sectors of the world, without the lines
  DenseVector central_theta;
};

/// A world with its lines carved out, its elasticities set: "own" ones.
///
/// \param draw  empty: central numbers; else that draw, every number triangular in its range,
///              sectors and numbers independent of each other
/// \error of line_flows and carve
[[nodiscard]] Result<TradeGround> carved_ground(TradeGround const& ground,
                                                std::span<CarveLine const> lines,
                                                CarveRanges const& ranges, Seed seed,
                                                std::optional<std::size_t> draw);

/// The same for models that need flows between industries: `economy` with the lines as sectors of
/// its table, at the numbers that carved_ground has in that draw. They are made and bought as their
/// hosts are.
/// \error of line_flows, carve, split_sector and Economy::make
[[nodiscard]] Result<Economy> carved_economy(Economy const& economy, TradeGround const& ground,
                                             std::span<CarveLine const> lines,
                                             CarveRanges const& ranges, Seed seed,
                                             std::optional<std::size_t> draw);

/// What splits a line off its host in a table. \param flows  [importer][exporter], as of line_flows
[[nodiscard]] SplitSpec line_split(std::string const& host, std::string const& line,
                                   std::vector<std::string> const& regions,
                                   DenseVector const& flows);

/// Triangular in the range of `number` with the peak at its value, or that where `rng` is null.
[[nodiscard]] double drawn(RangedNumber const& number, Rng* rng);

}  // namespace linchpin::study
