// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <set>
#include <tuple>
#include <vector>

namespace linchpin::test {

// The measures of leverage once more, as slow and simple as can be, from the equations of
// docs/methods/leverage.md alone: levels instead of logs, nested lists, every set tried.

/// A world by [sector][importer][exporter], [region][user][input], [region][sector].
struct PlainPrices {
  std::vector<std::vector<std::vector<double>>> share;
  std::vector<std::vector<std::vector<double>>> input;
  std::vector<std::vector<double>> final_share, spending;
  std::vector<double> theta;
};

/// (sector, importer, exporter) that are not delivered.
using PlainDenial = std::set<std::tuple<std::size_t, std::size_t, std::size_t>>;

/// Price index of final use of `region` over its base, wages unchanged; infinite where a good that
/// it needs has no seller left.
double plain_cost_of_living(PlainPrices const& world, PlainDenial const& denied,
                            std::size_t region);

/// Σ_k (M_target,sender,k / E_target) / θ_k − the same the other way round.
double plain_liu_yang(PlainPrices const& world, std::size_t sender, std::size_t target);

/// The largest rise of ln of the target's cost of living by denying at most k (seller, sector)
/// links, all sets tried; sets that leave it without a good are left out.
struct PlainChokepoint {
  double log_cost = 0;
  std::set<std::pair<std::size_t, std::size_t>> links;  ///< (seller, sector)
};
PlainChokepoint plain_chokepoint(PlainPrices const& world, std::size_t target, std::size_t k);

/// All equilibria of a game of two where both mix over supports of the same size (all there are in
/// a game that is not degenerate): [equilibrium][player][action].
std::vector<std::vector<std::vector<double>>> plain_nash(
    std::vector<std::vector<double>> const& row, std::vector<std::vector<double>> const& column);

}  // namespace linchpin::test
