// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/trade_remarks.h"

#include <fmt/format.h>

#include <cmath>

#include "linchpin/results/number_text.h"
#include "linchpin/study/words.h"

namespace linchpin::study {
namespace {

constexpr std::size_t most_named = 8;
constexpr double least_shown = 5e-4;  // per cent: what three decimals show as other than nothing

bool opposite(RegionEffect const& effect) {
  auto const exact = effect.outcome.welfare_exact;
  auto const first = effect.outcome.welfare_first_order;
  return effect.outlier.empty() && std::abs(exact) >= least_shown &&
         std::abs(first) >= least_shown && (exact < 0) != (first < 0);
}

}  // namespace

std::vector<std::string> trade_remarks(EquilibriumAnswer const& answer,
                                       equilibrium::TradePolicy const& policy) {
  std::vector<std::string> remarks;
  std::vector<std::string> other_sign;
  for (auto const& each : answer.regions) {
    if (opposite(each)) other_sign.push_back(each.region);
  }
  if (!other_sign.empty()) {
    auto const further = other_sign.size() > most_named ? other_sign.size() - most_named : 0;
    if (further > 0) {
      other_sign.resize(most_named);
      other_sign.push_back(count_words(further, "other region", "other regions"));
    }
    remarks.push_back(fmt::format(
        "First-order welfare has the other sign than the exact change for {}: it weights changes "
        "with the trade of the base, which a large policy moves, and leaves out what bans, trade "
        "costs and productivity do by themselves; the exact change is the answer "
        "(docs/methods/equilibrium.md).",
        list_words(other_sign)));
  }
  if (!policy.routes.empty()) {
    remarks.emplace_back(
        "Goods that go by way of a third region are counted as deliveries of the region that makes "
        "them to the one that buys them, so trade may be left between two regions whose direct "
        "trade is banned.");
  }
  return remarks;
}

}  // namespace linchpin::study
