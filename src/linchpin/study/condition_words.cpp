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
  if (course.recovery_days > 0) {
    words += fmt::format(", fading over {} days", course.recovery_days);
  }
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

/// "all products", or "50 % of Electrical Equipment".
std::string amount_words(Cut const& cut, IndustrySpace const& space, char const* anything) {
  auto const goods = goods_words(cut, space);
  if (cut.course.share >= 1) return goods == "anything" ? anything : goods;
  return fmt::format("{} % of {}", two_digits(100 * cut.course.share),
                     goods == "anything" ? "all products" : goods);
}

std::string verb(std::size_t subjects, char const* one, char const* more) {
  return subjects == 1 ? one : more;
}

std::string act_words(Cut const& cut, IndustrySpace const& space) {
  auto const sellers = regions_words(cut.sellers, space);
  auto const buyers = buyers_words(cut, space);
  switch (cut.kind) {
    case CutKind::import_ban:
      return fmt::format(
          "{} {} to buy {} from {}", buyers,
          verb(cut.buyers.size() + cut.buyer_industries.size(), "refuses", "refuse"),
          amount_words(cut, space, "anything"), sellers);
    case CutKind::closure:
      return fmt::format("the way between {} and {} is closed to {}", sellers, buyers,
                         amount_words(cut, space, "all products"));
    case CutKind::retaliation:
      return fmt::format("{} in answer {} delivering {} to {}", sellers,
                         verb(cut.sellers.size(), "stops", "stop"),
                         amount_words(cut, space, "anything"), buyers);
    case CutKind::export_stop: break;
  }
  return fmt::format("{} {} delivering {} to {}", sellers,
                     verb(cut.sellers.size(), "stops", "stop"),
                     amount_words(cut, space, "anything"), buyers);
}

std::string cut_words(Cut const& cut, std::size_t phases, IndustrySpace const& space) {
  std::string use;
  if (!cut.final_use) use = " for further production";
  if (!cut.intermediate) use = " for final use";
  auto words = act_words(cut, space) + use + course_words(cut.course);
  if (phases > 1) words += fmt::format(", in {} phases", phases);
  bool const licences = std::any_of(cut.exemptions.begin(), cut.exemptions.end(),
                                    [](Exemption const& each) { return each.share < 1; });
  bool const exempt = std::any_of(cut.exemptions.begin(), cut.exemptions.end(),
                                  [](Exemption const& each) { return each.share >= 1; });
  if (exempt) words += licences ? " (with exemptions and licences)" : " (with exemptions)";
  if (licences && !exempt) words += " (with licences)";
  return words;
}

/// Cuts in words, one part per event of the file: the phases of a cut are one event at its
/// strongest, and both ways of a closed route are one, too.
std::vector<std::string> cut_parts(ResolvedScenario const& scenario, IndustrySpace const& space) {
  struct Event {
    std::string name;
    Cut cut;
    std::size_t phases = 0;
  };
  std::vector<Event> events;
  for (std::size_t k = 0; k < scenario.scenario.cuts.size(); ++k) {
    auto const& cut = scenario.scenario.cuts[k];
    auto const name = cut_name(scenario, k);
    auto const known = std::find_if(events.begin(), events.end(),
                                    [&](Event const& each) { return each.name == name.event; });
    if (known == events.end()) {
      events.push_back({name.event, cut, 1});
      continue;
    }
    if (name.part.empty()) continue;  // the way back, or a further route
    auto& course = known->cut.course;
    course.share = std::max(course.share, cut.course.share);
    course.to_day = cut.course.to_day;
    course.recovery_days = cut.course.recovery_days;
    ++known->phases;
  }
  std::vector<std::string> parts;
  for (auto const& each : events) parts.push_back(cut_words(each.cut, each.phases, space));
  return parts;
}

std::string industries_words(std::vector<IndustryId> const& industries,
                             IndustrySpace const& space) {
  return industries.size() == 1 ? industry_words(space, industries.front())
                                : fmt::format("{} industries", industries.size());
}

std::string loss_words(CapacityLoss const& loss, IndustrySpace const& space) {
  return fmt::format("{} {} {} % of capacity{}", industries_words(loss.industries, space),
                     verb(loss.industries.size(), "loses", "lose"),
                     two_digits(100 * loss.course.share), course_words(loss.course));
}

std::string capital_words(CapitalLoss const& loss, IndustrySpace const& space) {
  return fmt::format("{} {} {} % of capital on day {}", industries_words(loss.industries, space),
                     verb(loss.industries.size(), "loses", "lose"), two_digits(100 * loss.share),
                     loss.day);
}

std::string labour_words(LabourShock const& shock, IndustrySpace const& space) {
  return fmt::format("{} {} {} % of the workers{}", industries_words(shock.industries, space),
                     verb(shock.industries.size(), "lacks", "lack"),
                     two_digits(100 * shock.course.share), course_words(shock.course));
}

std::string shift_words(DemandShift const& shift, IndustrySpace const& space) {
  Cut goods;
  goods.sectors = shift.sectors;
  auto const what = goods_words(goods, space);
  return fmt::format("final users in {} want {} % {}{}{}", regions_words(shift.regions, space),
                     two_digits(100 * shift.course.share), shift.rises ? "more" : "less",
                     what == "anything" ? std::string{} : " of " + what,
                     course_words(shift.course));
}

/// ", with a reserve of 90 days of Coal in Japan".
std::string reserve_words(std::vector<Reserve> const& reserves, IndustrySpace const& space) {
  if (reserves.empty()) return {};
  if (reserves.size() > 1) return fmt::format(", with {} reserves", reserves.size());
  auto const& one = reserves.front();
  return fmt::format(", with a reserve of {} days of {} in {}", one.days,
                     sector_words(space, one.sector), region_words(space, one.region));
}

}  // namespace

std::string condition_words(ResolvedScenario const& scenario, IndustrySpace const& space) {
  auto const& events = scenario.scenario;
  auto parts = cut_parts(scenario, space);
  for (auto const& loss : events.capacity_losses) parts.push_back(loss_words(loss, space));
  for (auto const& loss : events.capital_losses) parts.push_back(capital_words(loss, space));
  for (auto const& shock : events.labour_shocks) parts.push_back(labour_words(shock, space));
  for (auto const& shift : events.demand_shifts) parts.push_back(shift_words(shift, space));
  if (parts.empty()) return "Without any shock";
  if (parts.size() > 2) {
    auto const& name = scenario.title.empty() ? events.name : scenario.title;
    return name.empty() ? fmt::format("Under the {} events of the scenario", parts.size())
                        : fmt::format("In the scenario '{}'", name);
  }
  return "If " + list_words(parts) + reserve_words(events.reserves, space);
}

std::optional<RegionId> headline_region(ResolvedScenario const& scenario,
                                        IndustrySpace const& space, std::optional<RegionId> focus) {
  if (focus) return focus;
  auto const& events = scenario.scenario;
  if (scenario.first_buyer) return scenario.first_buyer;
  std::vector<std::vector<IndustryId> const*> hit;
  for (auto const& loss : events.capacity_losses) hit.push_back(&loss.industries);
  for (auto const& loss : events.capital_losses) hit.push_back(&loss.industries);
  for (auto const& shock : events.labour_shocks) hit.push_back(&shock.industries);
  for (auto const* industries : hit) {
    if (!industries->empty()) return space.region_of(industries->front());
  }
  for (auto const& shift : events.demand_shifts) {
    if (!shift.regions.empty()) return shift.regions.front();
  }
  return std::nullopt;
}

}  // namespace linchpin::study
