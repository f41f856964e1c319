// SPDX-License-Identifier: Apache-2.0
#include "apps/linchpin/disrupt_survival.h"

#include <fmt/format.h>

#include <algorithm>

#include "apps/linchpin/terminal.h"
#include "linchpin/disrupt/survival.h"
#include "linchpin/study/headlines.h"

namespace linchpin::app {
namespace {

using Json = nlohmann::ordered_json;

std::vector<SectorId> products_of(Scenario const& scenario, IndustrySpace const& space) {
  std::vector<bool> named(space.sectors(), false);
  bool any = false;
  for (auto const& cut : scenario.cuts) {
    for (auto const sector : cut.sectors) named[sector.index()] = any = true;
  }
  std::vector<SectorId> result;
  for (std::size_t p = 0; p < named.size(); ++p) {
    if (named[p] || !any) result.emplace_back(p);
  }
  return result;
}

std::string line_of(disrupt::Survival const& each, IndustrySpace const& space, RegionId region,
                    int days) {
  auto const& product = space.name(each.product);
  if (!each.first_shortage_day) {
    return fmt::format("{}: {} runs short of it nowhere in {} days with the stocks assumed; {} days "
                       "of stock would do.",
                       product, space.name(region), days, each.days_needed.value_or(0));
  }
  if (!each.days_needed) {
    return fmt::format("{}: {} runs short on day {}; {} days of stock are not enough for {} days.",
                       product, space.name(region), *each.first_shortage_day,
                       disrupt::most_survival_days, days);
  }
  return fmt::format("{}: {} runs short on day {}; it takes {} days of stock to get through {} days.",
                     product, space.name(region), *each.first_shortage_day, *each.days_needed,
                     days);
}

}  // namespace

Result<std::optional<SurvivalAnswer>> run_survival(int days, Economy const& economy,
                                                   study::ResolvedScenario const& scenario,
                                                   Context const& context) {
  if (days == 0) return std::optional<SurvivalAnswer>{};
  auto const& space = economy.space();
  auto const region = study::headline_region(scenario, space, std::nullopt);
  if (!region) {
    return fail(ErrorCode::missing_value, "the scenario hits no region", "--survive",
                "add a [[cut]] or a [[capacity_loss]]");
  }
  auto options = scenario.options;
  options.days = days;
  auto const found = disrupt::survival(economy, scenario.scenario, options, *region,
                                       products_of(scenario.scenario, space), run_control(context));
  if (!found) return fail(found.error());
  SurvivalAnswer answer{{}, Json::array()};
  for (auto const& each : *found) {
    answer.lines.push_back(line_of(each, space, *region, days));
    Json row = {{"region", space.label(*region)},
                {"product", space.label(each.product)},
                {"horizon_days", days},
                {"first_shortage_day", nullptr},
                {"days_needed", nullptr}};
    if (each.first_shortage_day) row["first_shortage_day"] = *each.first_shortage_day;
    if (each.days_needed) {
      row["days_needed"] = *each.days_needed;
    } else {
      row["days_needed_reason"] =
          fmt::format("{} days are not enough", disrupt::most_survival_days);
    }
    answer.json.push_back(std::move(row));
  }
  return answer;
}

}  // namespace linchpin::app
