// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <utility>
#include <vector>

#include "linchpin/localize/coupled_year.h"

namespace linchpin::localize::test {

/// Years of a case under one policy, each from where the last one ended.
inline std::vector<CoupledYear> path_under(CoupledCase const& each, PolicyState const& policy,
                                           int years) {
  std::vector<CoupledYear> path;
  auto state = each.start;
  LinePrices prices;
  for (int t = 0; t < years; ++t) {
    auto year = coupled_year(each, state, policy, prices);
    if (!year) throw std::runtime_error(year.error().what);
    state = year->outcome.next;
    prices = year->prices;
    path.push_back(*std::move(year));
  }
  return path;
}

/// A production subsidy never lowers experience, whatever else is done (`policy`).
inline void expect_subsidies_keep_experience(CoupledCase const& each, PolicyState policy, int years,
                                             std::uint64_t stream) {
  std::vector<double> before(static_cast<std::size_t>(years), 0);
  for (double const subsidy : {0.0, 0.15, 0.4}) {
    policy.production_subsidy = subsidy;
    auto const path = path_under(each, policy, years);
    for (std::size_t t = 0; t < path.size(); ++t) {
      EXPECT_GE(path[t].outcome.next.experience, before[t] * (1 - 1e-9)) << stream << ' ' << t;
      before[t] = path[t].outcome.next.experience;
    }
  }
}

/// A stricter control never raises what is bought abroad in its year; a full one leaves nothing.
inline void expect_controls_cut_access(CoupledCase const& each, std::uint64_t stream) {
  double before = 1;
  for (double const access : {1.0, 0.7, 0.3, 0.05, 0.0}) {
    PolicyState policy;
    policy.product_access = access;
    auto const year = path_under(each, policy, 1).front();
    EXPECT_LE(year.outcome.foreign_share, before + 1e-9) << stream;
    before = year.outcome.foreign_share;
  }
  EXPECT_DOUBLE_EQ(before, 0);
}

}  // namespace linchpin::localize::test
