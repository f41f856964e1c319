// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/labels.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace linchpin::study {
namespace {

bool is_everything(std::string_view text) { return text == "*" || text == "all"; }

template <class IdT>
void sort_unique(std::vector<IdT>& ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

template <class IdT>
std::vector<IdT> first_ids(std::size_t count) {
  std::vector<IdT> ids;
  for (std::size_t i = 0; i < count; ++i) ids.emplace_back(i);
  return ids;
}

std::string_view trimmed(std::string_view text) {
  auto const first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

void add_region(std::string_view label, std::string const& where, IndustrySpace const& space,
                std::vector<IndustryId>& industries, ErrorList& errors) {
  auto const region = space.find_region(label, where);
  if (!region) return errors.add(region.error());
  for (auto i = space.first_of(*region).index(); i < space.last_of(*region).index(); ++i) {
    industries.emplace_back(i);
  }
}

void add_industries(std::string_view text, std::string const& where, IndustrySpace const& space,
                    std::vector<IndustryId>& industries, ErrorList& errors) {
  auto const colon = text.find(':');
  if (colon == std::string_view::npos) {
    auto const region = space.find_region(text, where);
    errors.add(ErrorCode::bad_format, fmt::format("'{}' is not an industry", text), where,
               region ? fmt::format("write \"{0}:*\" for all industries of {0}", text)
                      : "industries are written REGION:SECTOR, like CHN:c14");
    return;
  }
  auto const region = text.substr(0, colon);
  auto const sector = text.substr(colon + 1);
  if (is_everything(region) && is_everything(sector)) {
    industries = first_ids<IndustryId>(space.size());
  } else if (is_everything(sector)) {
    add_region(region, where, space, industries, errors);
  } else if (is_everything(region)) {
    auto const found = space.find_sector(sector, where);
    if (!found) return errors.add(found.error());
    auto const all = space.industries_of(*found);
    industries.insert(industries.end(), all.begin(), all.end());
  } else {
    auto const industry = space.find_industry(text, where);
    if (!industry) return errors.add(industry.error());
    industries.push_back(*industry);
  }
}

// One side of a flow: a region with its final users, or industries.
struct Party {
  std::vector<IndustryId> industries;
  std::vector<RegionId> regions;
  bool found = false;  // false: the label is unknown, and has been reported
};

Party find_party(std::string_view text, std::string const& where, IndustrySpace const& space,
                 ErrorList& errors) {
  Party party;
  auto const before = errors.size();
  auto const colon = text.find(':');
  if (is_everything(text)) {
    party.regions = first_ids<RegionId>(space.regions());
  } else if (colon == std::string_view::npos) {
    auto const region = space.find_region(text, where);
    if (region) {
      party.regions.push_back(*region);
    } else {
      errors.add(region.error());
    }
  } else {
    add_industries(text, where, space, party.industries, errors);
    sort_unique(party.industries);
  }
  party.found = errors.size() == before;
  return party;
}

}  // namespace

std::vector<RegionId> find_regions(PlacedTexts const& texts, IndustrySpace const& space,
                                   ErrorList& errors) {
  std::vector<RegionId> regions;
  for (auto const& text : texts) {
    if (is_everything(text.value)) {
      auto const all = first_ids<RegionId>(space.regions());
      regions.insert(regions.end(), all.begin(), all.end());
      continue;
    }
    auto const region = space.find_region(text.value, text.where);
    if (region) {
      regions.push_back(*region);
    } else {
      errors.add(region.error());
    }
  }
  sort_unique(regions);
  return regions;
}

std::vector<SectorId> find_sectors(PlacedTexts const& texts, IndustrySpace const& space,
                                   ErrorList& errors) {
  std::vector<SectorId> sectors;
  for (auto const& text : texts) {
    if (is_everything(text.value)) {
      auto const all = first_ids<SectorId>(space.sectors());
      sectors.insert(sectors.end(), all.begin(), all.end());
      continue;
    }
    auto const sector = space.find_sector(text.value, text.where);
    if (sector) {
      sectors.push_back(*sector);
    } else {
      errors.add(sector.error());
    }
  }
  sort_unique(sectors);
  return sectors;
}

std::vector<IndustryId> find_industries(PlacedTexts const& texts, IndustrySpace const& space,
                                        ErrorList& errors) {
  std::vector<IndustryId> industries;
  for (auto const& text : texts) {
    auto const everything = is_everything(text.value) ? "*:*" : text.value;
    add_industries(everything, text.where, space, industries, errors);
  }
  sort_unique(industries);
  return industries;
}

std::vector<Exemption> find_exemptions(PlacedTexts const& texts, IndustrySpace const& space,
                                       ErrorList& errors) {
  std::vector<Exemption> exemptions;
  for (auto const& [text, where] : texts) {
    auto const arrow = text.find('>');
    if (arrow == std::string::npos) {
      auto const party = find_party(trimmed(text), where, space, errors);
      if (!party.found) continue;
      exemptions.push_back({party.industries, party.regions, {}, {}});
      exemptions.push_back({{}, {}, party.industries, party.regions});
      continue;
    }
    auto const seller =
        find_party(trimmed(std::string_view{text}.substr(0, arrow)), where, space, errors);
    auto const buyer =
        find_party(trimmed(std::string_view{text}.substr(arrow + 1)), where, space, errors);
    if (!seller.found || !buyer.found) continue;
    exemptions.push_back({seller.industries, seller.regions, buyer.industries, buyer.regions});
  }
  return exemptions;
}

}  // namespace linchpin::study
