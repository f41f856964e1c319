// SPDX-License-Identifier: Apache-2.0
// What backtests of the trade equilibrium share: data, sets of elasticities, printed tables.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "linchpin/economy/trade_accounts_of.h"
#include "linchpin/equilibrium/backtest.h"
#include "linchpin/parameters/trade_elasticities.h"
#include "linchpin/table/nowcast/concordance_folder.h"
#include "linchpin/table/store/store.h"
#include "linchpin/table/trade/production_shares.h"

namespace linchpin::equilibrium::test {

inline std::filesystem::path const project = LINCHPIN_SOURCE_DIR;
inline std::filesystem::path const shared_data = LINCHPIN_REFERENCE_DATA;

template <class T>
T value_of(Result<T> result) {
  if (!result) {
    throw std::runtime_error(result.error().where + ": " + result.error().what);
  }
  return *std::move(result);
}

inline std::string text_of_file(std::filesystem::path const& path) {
  std::ifstream stream(path);
  return {std::istreambuf_iterator<char>(stream), {}};
}

inline std::size_t place(std::vector<std::string> const& labels, std::string const& label) {
  auto const found = std::find(labels.begin(), labels.end(), label);
  if (found == labels.end()) throw std::runtime_error("no " + label);
  return static_cast<std::size_t>(found - labels.begin());
}

/// Trade of one year, without the tariffs of the file.
inline TradeCube cube(int year) {
  return value_of(
      read_trade_cube(shared_data / fmt::format("icio_cubes/ICIO{}_trade_tariff.csv.gz", year)));
}

/// Trade of a cube with the production of the estimated world, sectors by their codes.
inline TradeAccounts accounts_of_cube(TradeCube const& cube) {
  auto const folder = value_of(ConcordanceFolder::open(project / "data/concordance"));
  auto world = value_of(read_world(project / "data/worlds/world-2022e/world-2022e.nc"));
  auto const donor = value_of(trade_accounts_of(value_of(Economy::make(std::move(world)))));
  auto const* const concordance = value_of(folder.find(cube.sectors, donor.sectors, "the cube"));
  auto const shares = value_of(production_shares_of(donor, cube, *concordance));
  auto accounts = value_of(trade_accounts_of(cube, shares));
  for (auto& sector : accounts.sectors) {
    sector = concordance->to[concordance->targets_of(place(concordance->from, sector)).front()];
  }
  return accounts;
}

struct ThetaSet {
  std::string name;
  DenseVector theta;
};

/// The sets that backtests use, fixed before any comparison was made: the shipped one and the eight
/// published ones beside the project, each as it stands and one year after a change.
inline std::vector<ThetaSet> theta_sets(std::vector<std::string> const& sectors) {
  auto const profile = value_of(parameters::read_horizon_profile(
      text_of_file(project / "data/parameters/trade_elasticity_horizon.csv"), "horizon"));
  auto const published = shared_data / "icio_cubes/sectors_elasticities.csv";
  std::vector<ThetaSet> sets;
  for (std::string const set : {"shipped", "BSY", "CP", "FGO", "GYY", "IS", "LL", "Shap", "U4"}) {
    auto const own = set == "shipped";
    auto const path = own ? project / "data/parameters/trade_elasticities.csv" : published;
    auto const file = value_of(parameters::read_trade_elasticities(
        text_of_file(path), path.filename().string(), own ? "" : set));
    auto const found = value_of(parameters::trade_elasticities_of(std::vector{file}, sectors));
    sets.push_back({set, found.theta});
    sets.push_back({set + ", 1 year", parameters::theta_after(profile, 1, found.theta)});
  }
  return sets;
}

inline std::string number(std::optional<double> value) {
  return value ? fmt::format("{:6.2f}", *value) : "     –";
}

inline void print_header(std::string const& title) {
  fmt::print("\n{}\n{:<24} {:>6} | {:>6} {:>6} {:>6} {:>6} | {:>6} {:>6} {:>6} {:>6} | by value\n",
             title, "", "cells", "corr", "slope", "signs", "skill", "corr", "slope", "signs",
             "skill");
}

inline void print_row(std::string const& name, std::vector<ChangePair> const& pairs) {
  auto const equal = agreement_of(pairs);
  auto const valued = agreement_of(pairs, Weighting::by_value);
  fmt::print("{:<24} {:>6} | {} {} {} {} | {} {} {} {} | rms {:.3f}, no change {:.3f}\n", name,
             equal.cells, number(equal.correlation), number(equal.slope), number(equal.sign_hits),
             number(equal.skill), number(valued.correlation), number(valued.slope),
             number(valued.sign_hits), number(valued.skill), valued.error, valued.error_no_change);
}

}  // namespace linchpin::equilibrium::test
