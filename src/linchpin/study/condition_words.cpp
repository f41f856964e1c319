// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "linchpin/study/headlines.h"
#include "linchpin/study/words.h"

namespace linchpin::study {
namespace {

constexpr std::size_t most_names = 8;

std::string regions_words(std::vector<RegionId> const& regions, IndustrySpace const& space) {
  if (regions.size() == space.regions()) return "all regions";
  if (regions.size() > most_names) return fmt::format("{} regions", regions.size());
  std::vector<std::string> names;
  for (auto const region : regions) names.push_back(region_words(space, region));
  return list_words(names);
}

std::string goods_words(Cut const& cut, IndustrySpace const& space) {
  if (cut.sectors.empty() || cut.sectors.size() == space.sectors()) return "anything";
  if (cut.sectors.size() > 3) return fmt::format("the products of {} sectors", cut.sectors.size());
  std::vector<std::string> names;
  for (auto const sector : cut.sectors) names.push_back(sector_words(space, sector));
  return list_words(names);
}

std::string course_words(Course const& course) {
  std::string words;
  if (course.ramp_days > 1) words += fmt::format(", phased in over {} days", course.ramp_days);
  if (course.from_day > 0) words += fmt::format(" from day {} on", course.from_day);
  if (course.to_day >= 0) words += fmt::format(" until day {}", course.to_day);
  return words;
}

std::string buyers_words(Cut const& cut, IndustrySpace const& space) {
  std::vector<std::string> parts;
  if (!cut.buyers.empty()) parts.push_back(regions_words(cut.buyers, space));
  constexpr std::size_t most_named = 3;
  if (cut.buyer_industries.size() > most_named) {
    parts.push_back(fmt::format("{} industries", cut.buyer_industries.size()));
  } else {
    for (auto const industry : cut.buyer_industries) {
      parts.push_back(industry_words(space, industry));
    }
  }
  return list_words(parts);
}

std::string cut_words(Cut const& cut, IndustrySpace const& space) {
  auto const goods = goods_words(cut, space);
  auto const what = cut.course.share < 1
                        ? fmt::format("{} % of {}", two_digits(100 * cut.course.share),
                                      goods == "anything" ? "all products" : goods)
                        : goods;
  std::string use;
  if (!cut.final_use) use = " for further production";
  if (!cut.intermediate) use = " for final use";
  auto words = fmt::format("{} {} delivering {} to {}{}{}", regions_words(cut.sellers, space),
                           cut.sellers.size() == 1 ? "stops" : "stop", what,
                           buyers_words(cut, space), use, course_words(cut.course));
  if (!cut.exemptions.empty()) words += " (with exemptions)";
  return words;
}

std::string loss_words(CapacityLoss const& loss, IndustrySpace const& space) {
  auto const count = loss.industries.size();
  auto const who = count == 1 ? industry_words(space, loss.industries.front())
                              : fmt::format("{} industries", count);
  return fmt::format("{} {} {} % of capacity{}", who, count == 1 ? "loses" : "lose",
                     two_digits(100 * loss.course.share), course_words(loss.course));
}

}  // namespace

std::string condition_words(ResolvedScenario const& scenario, IndustrySpace const& space) {
  auto const& events = scenario.scenario;
  auto const count = events.cuts.size() + events.capacity_losses.size();
  if (count == 0) return "Without any shock";
  if (count > 2) {
    auto const& name = scenario.title.empty() ? events.name : scenario.title;
    return name.empty() ? fmt::format("Under the {} events of the scenario", count)
                        : fmt::format("In the scenario '{}'", name);
  }
  std::vector<std::string> parts;
  for (auto const& cut : events.cuts) parts.push_back(cut_words(cut, space));
  for (auto const& loss : events.capacity_losses) parts.push_back(loss_words(loss, space));
  return "If " + list_words(parts);
}

std::optional<RegionId> headline_region(ResolvedScenario const& scenario,
                                        IndustrySpace const& space, std::optional<RegionId> focus) {
  if (focus) return focus;
  auto const& events = scenario.scenario;
  if (scenario.first_buyer) return scenario.first_buyer;
  for (auto const& loss : events.capacity_losses) {
    if (!loss.industries.empty()) return space.region_of(loss.industries.front());
  }
  return std::nullopt;
}

}  // namespace linchpin::study
