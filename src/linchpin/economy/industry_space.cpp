// SPDX-License-Identifier: Apache-2.0
#include "linchpin/economy/industry_space.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "linchpin/core/nearest.h"
#include "linchpin/table/label_text.h"

namespace linchpin {
namespace {

constexpr std::string_view region_kind = "region";

template <class Labels>
void check_unique(Labels const& labels, std::string_view kind, ErrorList& errors) {
  std::set<std::string> seen;
  for (auto const& each : labels) {
    if (each.label.empty()) {
      errors.add(ErrorCode::invalid_table, fmt::format("a {} has no label", kind), "labels",
                 "name every region and sector");
    } else if (auto const fault = label_fault(each.label); !fault.empty()) {
      errors.add(ErrorCode::invalid_table, fmt::format("the label of a {} {}", kind, fault),
                 printable(each.label), "give it a short name");
    } else if (kind == region_kind && each.label.find(':') != std::string::npos) {
      errors.add(ErrorCode::invalid_table, "the label of a region holds a ':'",
                 printable(each.label),
                 "industries are written REGION:SECTOR, so a region's label cannot hold a ':'");
    } else if (!seen.insert(each.label).second) {
      errors.add(ErrorCode::duplicate_label, fmt::format("the {} appears twice", kind), each.label,
                 "rename or merge one of the two");
    }
  }
}

void check_industries(TableLabels const& labels, ErrorList& errors) {
  std::set<IndustryKey> seen;
  for (std::size_t i = 0; i < labels.industries.size(); ++i) {
    auto const& key = labels.industries[i];
    LINCHPIN_EXPECTS(key.region.index() < labels.regions.size());
    LINCHPIN_EXPECTS(key.sector.index() < labels.sectors.size());
    if (!seen.insert(key).second) {
      errors.add(ErrorCode::duplicate_label, "the industry appears twice", labels.industry_label(i),
                 "merge the two rows and columns");
    }
    if (i > 0 && key.region < labels.industries[i - 1].region) {
      errors.add(ErrorCode::invalid_table, "industries are not grouped by region",
                 labels.industry_label(i), "sort rows and columns by region");
    }
  }
}

}  // namespace

IndustrySpace::IndustrySpace(TableLabels labels)
    : labels_(std::move(labels)),
      region_starts_(labels_.regions.size() + 1, 0),
      by_sector_(labels_.sectors.size()) {
  for (std::size_t i = 0; i < labels_.industries.size(); ++i) {
    auto const& key = labels_.industries[i];
    ++region_starts_[key.region.index() + 1];
    by_sector_[key.sector.index()].push_back(IndustryId{i});
  }
  for (std::size_t r = 0; r < labels_.regions.size(); ++r) {
    region_starts_[r + 1] += region_starts_[r];
    region_ids_.emplace(labels_.regions[r].label, RegionId{r});
  }
  for (std::size_t s = 0; s < labels_.sectors.size(); ++s) {
    sector_ids_.emplace(labels_.sectors[s].label, SectorId{s});
  }
}

Result<IndustrySpace> IndustrySpace::make(TableLabels labels) {
  ErrorList errors;
  if (labels.industries.empty()) {
    errors.add(ErrorCode::invalid_table, "the table has no industry", "labels",
               "check that the file holds data rows");
  }
  check_unique(labels.regions, "region", errors);
  check_unique(labels.sectors, "sector", errors);
  check_industries(labels, errors);
  if (!errors.empty()) return fail(errors.joined());
  return IndustrySpace{std::move(labels)};
}

RegionId IndustrySpace::region_of(IndustryId industry) const noexcept {
  return labels_.industries[industry.index()].region;
}
SectorId IndustrySpace::sector_of(IndustryId industry) const noexcept {
  return labels_.industries[industry.index()].sector;
}
IndustryId IndustrySpace::first_of(RegionId region) const noexcept {
  return IndustryId{region_starts_[region.index()]};
}
IndustryId IndustrySpace::last_of(RegionId region) const noexcept {
  return IndustryId{region_starts_[region.index() + 1]};
}
std::span<IndustryId const> IndustrySpace::industries_of(SectorId sector) const noexcept {
  return by_sector_[sector.index()];
}

std::optional<IndustryId> IndustrySpace::industry(RegionId region, SectorId sector) const noexcept {
  auto const first = region_starts_[region.index()];
  auto const last = region_starts_[region.index() + 1];
  // Full tables repeat the same sector list, so the first guess is nearly always right.
  auto const guess = first + sector.index();
  if (guess < last && labels_.industries[guess].sector == sector) return IndustryId{guess};
  for (auto i = first; i < last; ++i) {
    if (labels_.industries[i].sector == sector) return IndustryId{i};
  }
  return std::nullopt;
}

std::string const& IndustrySpace::label(RegionId region) const noexcept {
  return labels_.regions[region.index()].label;
}
std::string const& IndustrySpace::label(SectorId sector) const noexcept {
  return labels_.sectors[sector.index()].label;
}
std::string IndustrySpace::label(IndustryId industry) const {
  return labels_.industry_label(industry.index());
}
std::string const& IndustrySpace::name(RegionId region) const noexcept {
  return labels_.regions[region.index()].name;
}
std::string const& IndustrySpace::name(SectorId sector) const noexcept {
  return labels_.sectors[sector.index()].name;
}

std::vector<std::string> IndustrySpace::region_labels() const {
  std::vector<std::string> result;
  for (auto const& region : labels_.regions) result.push_back(region.label);
  return result;
}
std::vector<std::string> IndustrySpace::sector_labels() const {
  std::vector<std::string> result;
  for (auto const& sector : labels_.sectors) result.push_back(sector.label);
  return result;
}

Result<RegionId> IndustrySpace::find_region(std::string_view label, std::string_view where) const {
  if (auto const found = region_ids_.find(std::string{label}); found != region_ids_.end()) {
    return found->second;
  }
  return fail(
      ErrorCode::unknown_label, fmt::format("unknown region '{}'", label), std::string{where},
      did_you_mean(label, region_labels(), "`linchpin table info <world>` lists the regions"));
}

Result<SectorId> IndustrySpace::find_sector(std::string_view label, std::string_view where) const {
  if (auto const found = sector_ids_.find(std::string{label}); found != sector_ids_.end()) {
    return found->second;
  }
  return fail(
      ErrorCode::unknown_label, fmt::format("unknown sector '{}'", label), std::string{where},
      did_you_mean(label, sector_labels(), "`linchpin table info <world>` lists the sectors"));
}

Result<IndustryId> IndustrySpace::find_industry(std::string_view label,
                                                std::string_view where) const {
  auto const colon = label.find(':');
  if (colon == std::string_view::npos) {
    return fail(ErrorCode::bad_value, fmt::format("'{}' is not an industry", label),
                std::string{where}, "write industries as REGION:SECTOR, e.g. CHN:c14");
  }
  auto const region = find_region(label.substr(0, colon), where);
  if (!region) return fail(region.error());
  auto const sector = find_sector(label.substr(colon + 1), where);
  if (!sector) return fail(sector.error());
  if (auto const found = industry(*region, *sector)) return *found;
  return fail(ErrorCode::unknown_label, fmt::format("the region has no industry '{}'", label),
              std::string{where}, "`linchpin table info <world>` lists the sectors of each region");
}

}  // namespace linchpin
