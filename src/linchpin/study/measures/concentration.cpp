// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "linchpin/depend/product_dependence.h"
#include "linchpin/results/concentration_tables.h"
#include "linchpin/study/measures/list.h"
#include "linchpin/study/measures/selection.h"

namespace linchpin::study {
namespace {

DependenceLabels labels_of(Economy const& economy) {
  auto const& space = economy.space();
  DependenceLabels labels{.product = "sector",
                          .unit = to_string(economy.info().unit),
                          .products = {},
                          .countries = {},
                          .home_known = true};
  for (std::size_t s = 0; s < space.sectors(); ++s) {
    labels.products.push_back(space.label(SectorId{s}));
    labels.names.push_back(space.name(SectorId{s}));
  }
  for (std::size_t r = 0; r < space.regions(); ++r) {
    labels.countries.push_back(space.label(RegionId{r}));
  }
  return labels;
}

Result<std::vector<ResultTable>> run_concentration(Systems systems, MeasureRequest const& request,
                                                   RunControl const& control) {
  auto const& economy = systems.front().economy();
  auto const& space = economy.space();
  ErrorList errors;
  auto const regions = only_regions(space, request.buyers, "--buyer",
                                    "concentration is that of a region's purchases: name a region");
  if (!regions) errors.add(regions.error());
  if (!request.suppliers.empty()) {
    errors.add(ErrorCode::bad_value, "concentration is over all suppliers", "--supplier",
               "leave the supplier out, or ask for --measure reliance");
  }
  if (!errors.empty()) return fail(errors.joined());
  double clipped = 0;
  auto const purchases = depend::region_purchases(economy, clipped);
  std::vector<BuyerDependence> buyers;
  for (std::size_t k = 0; k < regions->size(); ++k) {
    if (control.cancel.cancelled()) {
      return fail(ErrorCode::cancelled, "stopped", "concentration", "run it again");
    }
    auto const region = (*regions)[k];
    auto products = depend::sector_dependence(economy, purchases, {region});
    if (!products) return fail(products.error());
    buyers.push_back({space.label(region), *std::move(products)});
    control.report("concentration", k + 1, regions->size());
  }
  auto const labels = labels_of(economy);
  auto tables = concentration_tables(buyers, labels, request.top, request.detail);
  if (clipped > 0) {
    for (auto& table : tables) {
      table.note += fmt::format(
          " Purchases that are negative, because stocks run down, count as zero: {:.6g} {} in all.",
          clipped, labels.unit);
    }
  }
  return tables;
}

/// It solves nothing, so whatever prepares the system fastest will do.
std::size_t one(IndustrySpace const& /*space*/) { return 1; }

}  // namespace

Measure const concentration_measure{
    .name = "concentration",
    .meaning =
        "How concentrated a region's imports of each sector's products are over suppliers, "
        "whether its own output could stand in, and whether one exporter dominates the "
        "world market.",
    .not_for =
        "What happens if a supplier fails (see disrupt): stocks and substitutes are not in "
        "it, and a sector hides the products within.",
    .accepts = Asks::buyers | Asks::detail,
    .right_hand_sides = one,
    .run = run_concentration};

}  // namespace linchpin::study
