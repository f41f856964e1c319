// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "linchpin/results/depend_tables.h"
#include "linchpin/results/reliance_tables.h"
#include "linchpin/study/measures/list.h"
#include "linchpin/study/measures/selection.h"

namespace linchpin::study {
namespace {

using Tables = Result<std::vector<ResultTable>>;

/// Every named party must have an answer; a list of all may leave empty ones out.
Result<void> check_output(depend::LeontiefSystem const& system,
                          std::vector<depend::Buyer> const& named, char const* role) {
  ErrorList errors;
  for (auto const& party : named) {
    double output = 0;
    for (auto const id : industries_of(system.space(), {party})) output += system.economy().output()[id];
    if (output > 0) continue;
    errors.add(ErrorCode::missing_value, fmt::format("the {} has no output", role),
               buyer_label(system.space(), party), "choose another");
  }
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

Tables run_reliance(Systems systems, MeasureRequest const& request, RunControl const& control) {
  auto const& system = systems.front();
  auto const suppliers =
      request.suppliers.empty() ? all_regions(system.space()) : request.suppliers;
  if (auto const good = check_output(system, request.buyers, "buyer"); !good) {
    return fail(good.error());
  }
  auto const buyers = in_detail(system.space(), request.buyers, request.detail);
  return std::vector{reliance_matrix_table(
      system, depend::reliance_matrix(system, suppliers, control), buyers, suppliers)};
}

Tables run_market(Systems systems, MeasureRequest const& request, RunControl const& control) {
  auto const& system = systems.front();
  auto const markets = only_regions(system.space(), request.buyers, "--buyer",
                                    "markets are shown by region: name a region");
  if (!markets) return fail(markets.error());
  if (auto const good = check_output(system, request.suppliers, "seller"); !good) {
    return fail(good.error());
  }
  auto const sellers = in_detail(system.space(), request.suppliers, request.detail);
  return std::vector{
      market_reliance_table(system, depend::market_reliance(system, control), sellers, *markets)};
}

Tables run_footprint(Systems systems, MeasureRequest const& request, RunControl const& control) {
  auto const& system = systems.front();
  ErrorList errors;
  auto const regions =
      only_regions(system.space(), request.buyers, "--buyer", "footprints are those of regions");
  auto const origins =
      only_regions(system.space(), request.suppliers, "--supplier", "origins are regions");
  if (!regions) errors.add(regions.error());
  if (!origins) errors.add(origins.error());
  if (!errors.empty()) return fail(errors.joined());
  auto const accounts = depend::footprints(system, control);
  if (!accounts) return fail(accounts.error());
  return footprint_tables(system.space(), *accounts, *regions, *origins,
                          request.detail || !request.suppliers.empty());
}

std::string year_of(depend::LeontiefSystem const& system, std::size_t place) {
  auto const& info = system.economy().info();
  return info.year != 0 ? std::to_string(info.year) : fmt::format("world {}", place + 1);
}

Tables run_change(Systems systems, MeasureRequest const& request, RunControl const& control) {
  auto const& space = systems.front().space();
  constexpr char const* hint = "value added is followed from region to region: name a region";
  ErrorList errors;
  auto const origins = only_regions(space, request.suppliers, "--supplier", hint);
  auto const destinations = only_regions(space, request.buyers, "--buyer", hint);
  if (!origins) errors.add(origins.error());
  if (!destinations) errors.add(destinations.error());
  if (!errors.empty()) return fail(errors.joined());
  for (std::size_t w = 0; w + 1 < systems.size(); ++w) {
    auto const first = systems[w].economy().info().year, next = systems[w + 1].economy().info().year;
    if (first == 0 || next == 0 || first < next) continue;
    return fail(ErrorCode::bad_value, fmt::format("{} stands before {}", first, next), "change",
                "name the worlds oldest first");
  }
  std::vector<ChangeOfYears> changes;
  for (std::size_t w = 0; w + 1 < systems.size(); ++w) {
    auto change = depend::structural_change(systems[w], systems[w + 1], control);
    if (!change) return fail(change.error());
    changes.push_back({year_of(systems[w], w), year_of(systems[w + 1], w + 1), *std::move(change)});
  }
  return std::vector{change_table(space, to_string(systems.front().economy().info().unit), changes,
                                  *origins, *destinations)};
}

std::size_t two_per_region(IndustrySpace const& space) { return 2 * space.regions(); }

}  // namespace

Measure const reliance_measure{
    .name = "reliance",
    .meaning = "How much a buyer takes from each region per unit of its output: directly, along the "
               "whole chain, and where the value was added.",
    .not_for = "Saying what breaks without the supplier: shares of the past say nothing about "
               "substitutes or stocks.",
    .accepts = Asks::suppliers | Asks::buyers | Asks::detail,
    .right_hand_sides = two_per_region,
    .run = run_reliance};

Measure const market_reliance_measure{
    .name = "market-reliance",
    .meaning = "How much of a seller's output each region takes: directly, through others, and in "
               "final use.",
    .not_for = "Saying what is lost without the market: output may be sold elsewhere.",
    .accepts = Asks::suppliers | Asks::buyers | Asks::detail,
    .right_hand_sides = two_per_region,
    .run = run_market};

Measure const footprint_measure{
    .name = "footprint",
    .meaning = "Value added and every satellite account by where it arises and whose final use it "
               "serves.",
    .not_for = "Marginal questions: intensities are averages of whole industries.",
    .accepts = Asks::suppliers | Asks::buyers | Asks::detail,
    .right_hand_sides = two_per_region,
    .run = run_footprint};

Measure const change_measure{
    .name = "change",
    .meaning = "Why the value added of one region in the final use of another changed between two "
               "years: shares, technology, sourcing or demand.",
    .not_for = "Causes: effects are accounting, they depend on each other, and in current prices "
               "they contain price changes.",
    .accepts = Asks::suppliers | Asks::buyers,
    .worlds = 2,
    .run = run_change};

}  // namespace linchpin::study
