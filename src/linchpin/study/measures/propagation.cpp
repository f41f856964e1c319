// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/propagation.h"

#include <fmt/format.h>

#include <algorithm>

#include "linchpin/results/paths_tables.h"
#include "linchpin/study/measures/list.h"
#include "linchpin/study/measures/selection.h"

namespace linchpin::study {
namespace {

constexpr std::size_t columns_at_once = 256;
constexpr std::size_t most_pairs = 2'000'000;

bool stronger(PropagationPair const& a, PropagationPair const& b) {
  if (a.strength != b.strength) return a.strength > b.strength;
  return a.buyer != b.buyer ? a.buyer < b.buyer : a.supplier < b.supplier;
}

void keep_strongest(std::vector<PropagationPair>& pairs, std::size_t count) {
  auto const kept = std::min(pairs.size(), count);
  std::partial_sort(pairs.begin(), pairs.begin() + static_cast<std::ptrdiff_t>(kept), pairs.end(),
                    stronger);
  pairs.resize(kept);
}

/// The pairs of one buyer that are chains at all; an industry's deliveries to itself are none.
std::vector<PropagationPair> pairs_of(depend::Propagation const& lengths, IndustryId buyer,
                                      std::size_t column,
                                      std::vector<IndustryId> const& suppliers) {
  std::vector<PropagationPair> pairs;
  for (auto const supplier : suppliers) {
    double const strength = lengths.strength(supplier.index(), column);
    if (supplier == buyer || !(strength > 0)) continue;
    pairs.push_back({supplier, buyer, strength, lengths.length(supplier.index(), column)});
  }
  return pairs;
}

Result<std::vector<ResultTable>> run_propagation(Systems systems, MeasureRequest const& request,
                                                 RunControl const& control) {
  auto const& system = systems.front();
  auto const& space = system.space();
  auto const suppliers = industries_of(space, request.suppliers);
  auto const buyers = industries_of(space, request.buyers);
  bool const by_buyer = !request.buyers.empty();
  std::size_t const top = request.detail ? space.size() * space.size() : request.top;
  auto const per_buyer = by_buyer ? std::min(top, suppliers.size()) : suppliers.size();
  auto const rows = by_buyer ? per_buyer * buyers.size()
                             : std::min(top, suppliers.size() * buyers.size());
  if (rows > most_pairs) {
    return fail(ErrorCode::too_large, fmt::format("{} pairs of industries are wanted", rows),
                "propagation",
                fmt::format("name buyers or suppliers: at most {} pairs are listed", most_pairs));
  }
  std::vector<PropagationPair> pairs;
  for (std::size_t first = 0; first < buyers.size(); first += columns_at_once) {
    if (control.cancel.cancelled()) {
      return fail(ErrorCode::cancelled, "stopped on request", "propagation", "");
    }
    auto const last = std::min(first + columns_at_once, buyers.size());
    std::vector<IndustryId> const some(buyers.begin() + static_cast<std::ptrdiff_t>(first),
                                       buyers.begin() + static_cast<std::ptrdiff_t>(last));
    auto const lengths = depend::propagation_to(system, some, control);
    for (std::size_t b = 0; b < some.size(); ++b) {
      auto found = pairs_of(lengths, some[b], b, suppliers);
      keep_strongest(found, by_buyer ? per_buyer : std::min(top, found.size()));
      pairs.insert(pairs.end(), found.begin(), found.end());
    }
    if (!by_buyer) keep_strongest(pairs, top);
  }
  return std::vector{propagation_table(system.economy(), pairs, by_buyer)};
}

/// Two for each industry.
std::size_t two_per_industry(IndustrySpace const& space) { return 2 * space.size(); }

}  // namespace

Measure const propagation_measure{
    .name = "propagation",
    .meaning = "How strong the chains from one industry to another are, and how many deliveries "
               "they take on average (average propagation length).",
    .not_for = "Time: a step is a delivery between industries of the table, not a day, and longer "
               "is not safer.",
    .accepts = Asks::suppliers | Asks::buyers | Asks::detail,
    .right_hand_sides = two_per_industry,
    .run = run_propagation};

}  // namespace linchpin::study
