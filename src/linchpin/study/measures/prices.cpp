// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/prices.h"

#include <fmt/format.h>

#include "linchpin/results/prices_tables.h"
#include "linchpin/study/measures/list.h"
#include "linchpin/study/measures/selection.h"

namespace linchpin::study {
namespace {

/// "Asked: products of CHN 10 % dearer at the border of USA."
std::string asked_words(IndustrySpace const& space, MeasureRequest const& request) {
  return fmt::format("Asked: products of {} {:+.4g} % in price {}.",
                     parties_text(space, request.suppliers), 100 * request.rise,
                     request.buyers.empty()
                         ? std::string{"everywhere"}
                         : fmt::format("at the border of {}", parties_text(space, request.buyers)));
}

Result<std::vector<ResultTable>> run_prices(Systems systems, MeasureRequest const& request,
                                            RunControl const& control) {
  auto const& system = systems.front();
  auto const& economy = system.economy();
  ErrorList errors;
  if (request.suppliers.empty()) {
    errors.add(ErrorCode::missing_value, "nobody is named whose products get dearer",
               "--supplier", "name a region or an industry, such as TWN or TWN:c14");
  }
  depend::PriceQuestion question;
  question.rise = request.rise;
  if (!request.buyers.empty()) {
    auto const regions = only_regions(economy.space(), request.buyers, "--buyer",
                                      "products get dearer at the border of a region: name one");
    if (regions) {
      question.buyers = *regions;
    } else {
      errors.add(regions.error());
    }
  }
  if (!errors.empty()) return fail(errors.joined());
  question.suppliers = industries_of(economy.space(), request.suppliers);
  auto const effect = depend::price_effect(system, question, control);
  if (!effect) return fail(effect.error());
  auto const asked = asked_words(economy.space(), request);
  std::vector tables{
      prices_table(economy, question, *effect, request.detail ? economy.size() : request.top),
      prices_baskets_table(economy, *effect)};
  if (request.detail) tables.push_back(prices_categories_table(economy, *effect));
  for (auto& table : tables) table.note = asked + " " + table.note;
  return tables;
}

/// One for each industry of a supplying region.
std::size_t one_per_sector(IndustrySpace const& space) { return space.sectors(); }

}  // namespace

Measure const prices_measure{
    .name = "prices",
    .meaning = "By how much prices and the cost of final use rise if a supplier's products get "
               "dearer and every cost is passed on.",
    .not_for = "Forecasting inflation, or tariffs with substitution: nobody looks for another "
               "supplier and no margin gives way.",
    .accepts = Asks::suppliers | Asks::buyers | Asks::detail | Asks::rise,
    .right_hand_sides = one_per_sector,
    .run = run_prices};

}  // namespace linchpin::study
