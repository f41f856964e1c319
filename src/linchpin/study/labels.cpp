// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/labels.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace linchpin::study {
namespace {

bool is_everything(std::string_view text) { return text == "*" || text == "all"; }

/// Each id once, where it came first: sentences keep the order in which the user lists things.
template <class IdT>
void keep_first(std::vector<IdT>& ids, std::size_t count) {
  std::vector<bool> seen(count, false);
  std::erase_if(ids, [&](IdT id) {
    bool const again = seen[id.index()];
    seen[id.index()] = true;
    return again;
  });
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

/// "CHN", "CHN:c33", "*:c33": the shape of one side of an exemption, whatever the labels.
bool is_party(std::string_view text) {
  auto const colon = text.find(':');
  if (colon == std::string_view::npos) return !text.empty();
  return colon > 0 && colon + 1 < text.size();
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
    keep_first(party.industries, space.size());
  }
  party.found = errors.size() == before;
  return party;
}

}  // namespace

bool names_everything(PlacedTexts const& texts) {
  return std::any_of(texts.begin(), texts.end(),
                     [](auto const& text) { return is_everything(text.value); });
}

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
  keep_first(regions, space.regions());
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
  keep_first(sectors, space.sectors());
  return sectors;
}

std::vector<IndustryId> find_industries(PlacedTexts const& texts, IndustrySpace const& space,
                                        ErrorList& errors) {
  std::vector<IndustryId> industries;
  for (auto const& text : texts) {
    auto const everything = is_everything(text.value) ? "*:*" : text.value;
    add_industries(everything, text.where, space, industries, errors);
  }
  keep_first(industries, space.size());
  return industries;
}

std::vector<Exemption> find_exemptions(PlacedTexts const& texts, IndustrySpace const& space,
                                       ErrorList& errors) {
  std::vector<Exemption> exemptions;
  for (auto const& [text, where] : texts) {
    auto const arrow = text.find('>');
    bool const flow = arrow != std::string::npos;
    auto const left = trimmed(std::string_view{text}.substr(0, arrow));
    auto const right = flow ? trimmed(std::string_view{text}.substr(arrow + 1)) : left;
    if (!is_party(left) || !is_party(right) || right.find('>') != std::string_view::npos) {
      errors.add(ErrorCode::bad_format, fmt::format("'{}' is not an exemption", text), where,
                 "an exemption is REGION, REGION:SECTOR or SELLER>BUYER");
      continue;
    }
    auto const seller = find_party(left, where, space, errors);
    if (!flow) {
      if (!seller.found) continue;
      exemptions.push_back({seller.industries, seller.regions, {}, {}});
      exemptions.push_back({{}, {}, seller.industries, seller.regions});
      continue;
    }
    auto const buyer = find_party(right, where, space, errors);
    if (!seller.found || !buyer.found) continue;
    exemptions.push_back({seller.industries, seller.regions, buyer.industries, buyer.regions});
  }
  return exemptions;
}

}  // namespace linchpin::study
