// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/autonomy_remarks.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "linchpin/study/words.h"

namespace linchpin::study {
namespace {

// Of a loss: less is not worth a word.
constexpr double little = 0.02;

}  // namespace

std::string year_runs(std::vector<int> const& years) {
  std::vector<std::string> runs;
  for (std::size_t k = 0; k < years.size();) {
    auto end = k;
    while (end + 1 < years.size() && years[end + 1] == years[end] + 1) ++end;
    runs.push_back(end == k ? fmt::to_string(years[k])
                            : fmt::format("{}–{}", years[k], years[end]));
    k = end + 1;
  }
  return list_words(runs);
}

std::string whose_numbers(std::string_view preset) {
  return preset == "central" ? std::string{"the central"} : fmt::format("the {}'s", preset);
}

double market_share(localize::CoupledCase const& technology) {
  auto const& base = technology.base;
  auto const spending = base.final_spending(technology.home);
  auto const bought = base.expenditure[base.grid.good(technology.line, technology.home)];
  return spending > 0 ? bought / spending : 0;
}

std::vector<std::string> base_remarks(localize::CoupledCase const& technology, double given) {
  constexpr double least = 0.005;
  auto const& base = technology.base;
  auto const share = base.share[base.grid.pair(technology.line, technology.home, technology.home)];
  if (std::abs(share - given) < least) return {};
  return {fmt::format(
      "Trade is balanced before the first year, which moves prices of regions with a surplus or a "
      "deficit: the share made at home starts at {:.1f} %, where {:.3g} % were given.",
      100 * share, 100 * given)};
}

std::vector<std::string> curve_remarks(localize::CoupledCase const& technology,
                                       localize::AutonomyCurve const& curve,
                                       std::string const& whose) {
  auto const market = market_share(technology);
  std::vector<int> dearer, beyond;
  std::size_t worst = 0;
  auto const more = [&](std::size_t t) { return curve.loss_with[t] - curve.loss_without[t]; };
  for (std::size_t t = 0; t < curve.with.size(); ++t) {
    auto const size = market * std::pow(1 + technology.demand_growth, static_cast<double>(t));
    auto const with = curve.loss_with[t];
    if (more(t) > little * curve.loss_without[t] && more(t) > 1e-9) {
      dearer.push_back(curve.with[t].year);
    }
    if (more(t) > more(worst)) worst = t;
    if (!technology.compute && std::max(with, curve.loss_without[t]) > (1 + little) * size) {
      beyond.push_back(curve.with[t].year);
    }
  }
  std::vector<std::string> remarks;
  if (!dearer.empty()) {
    remarks.push_back(fmt::format(
        "With {} numbers the programme makes a cut-off that starts in {} dearer, not cheaper: "
        "{:.3g} % of real final use instead of {:.3g} % in {}.",
        whose, year_runs(dearer), 100 * curve.loss_with[worst], 100 * curve.loss_without[worst],
        curve.with[worst].year));
  }
  if (!beyond.empty()) {
    remarks.push_back(fmt::format(
        "With {} numbers a cut-off that starts in {} costs more than all that is spent on the "
        "technology in a year: users have no way to do without it here but buy at home at any "
        "price, so read these losses as too high.",
        whose, year_runs(beyond)));
  }
  return remarks;
}

}  // namespace linchpin::study
