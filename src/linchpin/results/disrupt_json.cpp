// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/disrupt_json.h"

#include <numeric>
#include <string>
#include <utility>

#include "linchpin/results/disrupt_tables.h"
#include "linchpin/results/loss_measures.h"

namespace linchpin {
namespace {

using Json = nlohmann::ordered_json;
using disrupt::Path;

void set_losses(Json& object, Path const& path, std::size_t region) {
  for (auto const& measure : loss_measures) {
    auto const loss = loss_of(path, measure, region);
    object[measure.name] = loss ? Json(*loss) : Json(nullptr);
    if (!loss) object[std::string{measure.name} + "_reason"] = no_baseline;
  }
}

Json regions_to_json(IndustrySpace const& space, Path const& path) {
  Json regions = Json::array();
  for (std::size_t r = 0; r < space.regions(); ++r) {
    Json region = {{"region", space.label(RegionId{r})}};
    set_losses(region, path, r);
    region["output_loss"] = path.region_output_loss[r];
    region["value_added_loss"] = path.region_value_added_loss[r];
    region["final_use_loss"] = path.region_final_use_loss[r];
    if (auto const& day = path.region_recovery_day[r]) {
      region["recovery_day"] = *day;
    } else {
      region["recovery_day"] = nullptr;
      region["recovery_day_reason"] = "not recovered by the last day simulated";
    }
    regions.push_back(std::move(region));
  }
  return regions;
}

Json world_to_json(Path const& path) {
  Json world = Json::object();
  set_losses(world, path, path.region_output_loss_pct.size());
  world["output_loss"] = total(path.region_output_loss);
  world["value_added_loss"] = total(path.region_value_added_loss);
  world["final_use_loss"] = total(path.region_final_use_loss);
  return world;
}

Json industries_to_json(IndustrySpace const& space, Path const& path) {
  Json labels = Json::array();
  Json rows = Json::array();
  Json without_output = Json::array();
  for (std::size_t i = 0; i < space.size(); ++i) {
    labels.push_back(space.label(IndustryId{i}));
    if (path.output_baseline[i] <= 0) without_output.push_back(labels.back());
    auto const shares = path.output_relative.row(i);
    rows.push_back(Json(std::vector<double>(shares.begin(), shares.end())));
  }
  std::vector<int> days(static_cast<std::size_t>(path.days));
  std::iota(days.begin(), days.end(), 0);
  return {{"labels", std::move(labels)},
          {"days", std::move(days)},
          {"output_relative", std::move(rows)},
          {"output_loss", path.output_loss},
          {"value_added_loss", path.value_added_loss},
          {"unmet_demand", path.unmet_demand},
          {"without_output", std::move(without_output)}};
}

Json shortages_to_json(IndustrySpace const& space, Path const& path) {
  Json shortages = Json::array();
  for (auto const& each : shortages_by_weight(space, path)) {
    shortages.push_back({{"product", space.label(each.product)},
                         {"industry", space.label(each.industry)},
                         {"first_day", each.first_day},
                         {"lowest_inventory_days", each.lowest_inventory_days},
                         {"lowest_inventory_day", each.lowest_inventory_day}});
  }
  return shortages;
}

Json baseline_to_json(disrupt::BaselineReport const& report) {
  return {{"inventory_changes_moved", report.inventory_changes_moved},
          {"negative_final_use_moved", report.negative_final_use_moved},
          {"industries_scaled", report.industries_scaled},
          {"inputs_scaled_away", report.inputs_scaled_away},
          {"total_moved", report.total_moved},
          {"share_of_output", report.share_of_output}};
}

}  // namespace

Json disrupt_to_json(IndustrySpace const& space, Path const& path, Json origin,
                     std::vector<std::string> const& warnings) {
  Json document = {{"schema", {{"name", "linchpin.disrupt"}, {"version", 1}}}};
  document["regions"] = regions_to_json(space, path);
  document["world"] = world_to_json(path);
  document["industries"] = industries_to_json(space, path);
  document["shortages"] = shortages_to_json(space, path);
  document["baseline"] = baseline_to_json(path.baseline);
  document["reach"] = {{"cuts", path.reach.cuts}, {"capacity_losses", path.reach.capacity_losses}};
  document["warnings"] = warnings;
  document["origin"] = std::move(origin);
  return document;
}

}  // namespace linchpin
