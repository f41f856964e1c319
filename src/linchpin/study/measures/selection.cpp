// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/measures/selection.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "linchpin/results/depend_tables.h"

namespace linchpin::study {

Result<depend::Buyer> find_party(IndustrySpace const& space, std::string_view label,
                                 std::string_view where) {
  if (label.find(':') == std::string_view::npos) {
    auto const region = space.find_region(label, where);
    if (!region) return fail(region.error());
    return depend::Buyer{*region, {}};
  }
  auto const industry = space.find_industry(label, where);
  if (!industry) return fail(industry.error());
  return depend::Buyer{space.region_of(*industry), *industry};
}

std::vector<depend::Buyer> all_regions(IndustrySpace const& space) {
  std::vector<depend::Buyer> result;
  for (std::size_t r = 0; r < space.regions(); ++r) result.push_back({RegionId{r}, {}});
  return result;
}

Result<std::vector<RegionId>> only_regions(IndustrySpace const& space,
                                           std::vector<depend::Buyer> const& parties,
                                           std::string_view where, std::string_view hint) {
  std::vector<RegionId> result;
  ErrorList errors;
  for (auto const& party : parties.empty() ? all_regions(space) : parties) {
    if (party.industry) {
      errors.add(ErrorCode::bad_value,
                 fmt::format("'{}' is an industry, not a region", space.label(*party.industry)),
                 std::string(where), std::string(hint));
    }
    result.push_back(party.region);
  }
  if (!errors.empty()) return fail(errors.joined());
  return result;
}

std::vector<IndustryId> industries_of(IndustrySpace const& space,
                                      std::vector<depend::Buyer> const& parties) {
  std::vector<bool> chosen(space.size(), parties.empty());
  for (auto const& party : parties) {
    auto const first = party.industry ? party.industry->index() : space.first_of(party.region).index();
    auto const last = party.industry ? first + 1 : space.last_of(party.region).index();
    for (auto i = first; i < last; ++i) chosen[i] = true;
  }
  std::vector<IndustryId> result;
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    if (chosen[i]) result.emplace_back(i);
  }
  return result;
}

std::vector<depend::Buyer> in_detail(IndustrySpace const& space,
                                     std::vector<depend::Buyer> const& named, bool detail) {
  if (!detail) return named.empty() ? all_regions(space) : named;
  std::vector<depend::Buyer> result;
  for (auto const id : industries_of(space, named)) result.push_back({space.region_of(id), id});
  return result;
}

std::string parties_text(IndustrySpace const& space, std::vector<depend::Buyer> const& parties) {
  constexpr std::size_t most = 4;
  std::string text;
  for (std::size_t k = 0; k < std::min(parties.size(), most); ++k) {
    if (k > 0) text += " + ";
    text += buyer_label(space, parties[k]);
  }
  if (parties.size() > most) text += fmt::format(" + {} more", parties.size() - most);
  return text;
}

}  // namespace linchpin::study
