// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/paths.h"

#include "linchpin/results/paths_tables.h"
#include "linchpin/study/measures/list.h"
#include "linchpin/study/measures/selection.h"

namespace linchpin::study {
namespace {

constexpr std::size_t deliveries_in_layers = 20;

/// The regions of final use asked for, each once; the world where nobody is named.
Result<std::vector<std::optional<RegionId>>> destinations(IndustrySpace const& space,
                                                          MeasureRequest const& request) {
  std::vector<std::optional<RegionId>> result;
  if (request.buyers.empty()) {
    result.emplace_back();
    return result;
  }
  auto const regions = only_regions(space, request.buyers, "--buyer",
                                    "paths end in final use: name the region where they end");
  if (!regions) return fail(regions.error());
  std::vector<bool> seen(space.regions(), false);
  for (auto const region : *regions) {
    if (!seen[region.index()]) result.emplace_back(region);
    seen[region.index()] = true;
  }
  return result;
}

Result<std::vector<ResultTable>> run_paths(Systems systems, MeasureRequest const& request,
                                           RunControl const& control) {
  auto const& system = systems.front();
  auto const& economy = system.economy();
  ErrorList errors;
  if (request.suppliers.empty()) {
    errors.add(ErrorCode::missing_value, "paths begin at a supplier, and none is named",
               "--supplier", "name a region or an industry, such as TWN or TWN:c14");
  }
  auto const ends = destinations(system.space(), request);
  if (!ends) errors.add(ends.error());
  if (!errors.empty()) return fail(errors.joined());

  depend::PathQuestion question{.suppliers = industries_of(system.space(), request.suppliers),
                                .final_region = {},
                                .count = request.top};
  std::vector<PathsAnswer> answers;
  std::vector<DenseMatrix> layers;
  for (auto const& end : *ends) {
    question.final_region = end;
    auto found = depend::heaviest_paths(system, question, control);
    if (!found) return fail(found.error());
    answers.push_back({end, *std::move(found)});
    if (!request.detail) continue;
    auto by_layer = depend::supply_layers(system, question, deliveries_in_layers, control);
    if (!by_layer) return fail(by_layer.error());
    layers.push_back(*std::move(by_layer));
  }
  auto const supplier = parties_text(system.space(), request.suppliers);
  std::vector tables{paths_table(economy, supplier, answers),
                     paths_total_table(economy, supplier, answers)};
  if (request.detail) {
    tables.push_back(paths_layers_table(economy, supplier, answers, layers));
  }
  return tables;
}

/// Two for each region of final use; rarely more than a few are named.
std::size_t few(IndustrySpace const& /*space*/) { return 8; }

}  // namespace

Measure const paths_measure{
    .name = "paths",
    .meaning = "The chains of deliveries through which most value added of a supplier reaches "
               "final use.",
    .not_for = "Tracing goods of firms, or saying that a chain cannot be replaced: paths follow "
               "average purchases of industries.",
    .accepts = Asks::suppliers | Asks::buyers | Asks::detail,
    .right_hand_sides = few,
    .run = run_paths};

}  // namespace linchpin::study
