// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/grouping.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <numeric>
#include <unordered_map>
#include <utility>

#include "linchpin/core/nearest.h"
#include "linchpin/table/label_text.h"
#include "linchpin/table/region_names.h"

namespace linchpin {
namespace {

/// Old labels -> new labels of one side (regions or sectors).
struct Side {
  std::vector<std::size_t> group_of;              // one per old label
  std::vector<std::string> labels;                // one per group
  std::vector<std::string> names;                 // given by the mapping, else empty
  std::vector<std::vector<std::size_t>> members;  // old labels of each group, ascending
};

/// Which new industry each old one becomes part of, and the new industries.
struct IndustryGrouping {
  std::vector<std::size_t> group_of;
  std::vector<IndustryKey> keys;
};

template <class Labels>
std::vector<std::string> codes_of(Labels const& labels) {
  std::vector<std::string> codes;
  for (auto const& each : labels) codes.push_back(each.label);
  return codes;
}

Side identity(std::vector<std::string> labels) {
  Side grouping;
  grouping.group_of.resize(labels.size());
  std::iota(grouping.group_of.begin(), grouping.group_of.end(), std::size_t{0});
  for (std::size_t k = 0; k < labels.size(); ++k) grouping.members.push_back({k});
  grouping.names.resize(labels.size());
  grouping.labels = std::move(labels);
  return grouping;
}

std::string place(Mapping const& mapping, std::size_t line) {
  return line == 0 ? mapping.file : fmt::format("{}:{}", mapping.file, line);
}

Side group(std::vector<std::string> const& labels, Mapping const& mapping, char const* kind,
               ErrorList& errors) {
  constexpr std::size_t unmapped = static_cast<std::size_t>(-1);
  std::unordered_map<std::string, std::size_t> number_of, group_of_label;
  for (std::size_t k = 0; k < labels.size(); ++k) number_of.emplace(labels[k], k);
  Side grouping;
  grouping.group_of.assign(labels.size(), unmapped);
  for (auto const& entry : mapping.entries) {
    auto const known = number_of.find(entry.from);
    if (known == number_of.end()) {
      errors.add(ErrorCode::unknown_label,
                 fmt::format("the table has no {} '{}'", kind, printable(entry.from)),
                 place(mapping, entry.line),
                 did_you_mean(entry.from, labels, "remove the line, or check the table's labels"));
      continue;
    }
    auto const [target, is_new] = group_of_label.try_emplace(entry.to, grouping.labels.size());
    if (is_new) {
      grouping.labels.push_back(entry.to);
      grouping.names.emplace_back();
      grouping.members.emplace_back();
    }
    auto& name = grouping.names[target->second];
    if (name.empty()) name = entry.name;
    if (grouping.group_of[known->second] != unmapped) {
      errors.add(ErrorCode::duplicate_label,
                 fmt::format("the {} '{}' is mapped twice", kind, printable(entry.from)),
                 place(mapping, entry.line), "keep one of the two lines");
      continue;
    }
    grouping.group_of[known->second] = target->second;
  }
  for (std::size_t k = 0; k < labels.size(); ++k) {
    if (grouping.group_of[k] != unmapped) {
      grouping.members[grouping.group_of[k]].push_back(k);
      continue;
    }
    errors.add(ErrorCode::missing_value,
               fmt::format("the {} '{}' is not mapped", kind, printable(labels[k])), mapping.file,
               "every label needs a line; map it to itself to keep it");
  }
  return grouping;
}

template <class Labels>
std::string merged_name(Labels const& labels, std::vector<std::size_t> const& members,
                        char const* separator) {
  std::string name;
  for (auto const member : members) {
    if (!name.empty()) name += separator;
    name += labels[member].name;
  }
  return name;
}

RegionLabel merged_region(TableLabels const& labels, Side const& grouping, std::size_t group) {
  auto const& members = grouping.members[group];
  RegionLabel region{grouping.labels[group], grouping.names[group], {}};
  if (region.name.empty()) region.name = describe_region(region.label).name;
  if (members.size() == 1 && grouping.names[group].empty()) {
    region.name = labels.regions[members.front()].name;
  } else if (region.name == region.label) {
    region.name = merged_name(labels.regions, members, ", ");
  }
  for (auto const member : members) {
    auto const& countries = labels.regions[member].members;
    if (countries.empty()) {  // all others: no list can be complete
      region.members.clear();
      break;
    }
    region.members.insert(region.members.end(), countries.begin(), countries.end());
  }
  return region;
}

SectorLabel merged_sector(TableLabels const& labels, Side const& grouping, std::size_t group) {
  auto const& members = grouping.members[group];
  SectorLabel sector{grouping.labels[group], grouping.names[group], false};
  if (sector.name.empty()) sector.name = merged_name(labels.sectors, members, "; ");
  sector.service = std::all_of(members.begin(), members.end(),
                               [&](std::size_t k) { return labels.sectors[k].service; });
  return sector;
}

IndustryGrouping group_industries(TableLabels const& labels, Side const& regions,
                                  Side const& sectors, bool sectors_are_mapped) {
  auto const new_key = [&](IndustryKey const& key) {
    return IndustryKey{RegionId{regions.group_of[key.region.index()]},
                       SectorId{sectors.group_of[key.sector.index()]}};
  };
  IndustryGrouping result;
  std::unordered_map<std::size_t, std::size_t> number_of;
  auto const packed = [&](IndustryKey const& key) {
    return key.region.index() * sectors.labels.size() + key.sector.index();
  };
  for (auto const& old_key : labels.industries) {
    auto const key = new_key(old_key);
    if (number_of.try_emplace(packed(key), result.keys.size()).second) result.keys.push_back(key);
  }
  // Without a sector mapping the order inside a region stays that of the source.
  std::stable_sort(result.keys.begin(), result.keys.end(), [&](auto const& a, auto const& b) {
    return sectors_are_mapped ? a < b : a.region < b.region;
  });
  for (std::size_t k = 0; k < result.keys.size(); ++k) number_of[packed(result.keys[k])] = k;
  for (auto const& old_key : labels.industries) {
    result.group_of.push_back(number_of[packed(new_key(old_key))]);
  }
  return result;
}

std::string history_line(TableLabels const& labels, Side const& regions, Side const& sectors,
                         Mapping const* region_map, Mapping const* sector_map) {
  auto const file = [](Mapping const& map) {
    return std::filesystem::path(map.file).filename().string();
  };
  std::string line = "aggregated";
  if (region_map != nullptr) {
    line += fmt::format(" {} regions to {} by {}", labels.regions.size(),
                        regions.labels.size(), file(*region_map));
  }
  if (sector_map != nullptr) {
    line += fmt::format("{} {} sectors to {} by {}", region_map != nullptr ? "," : "",
                        labels.sectors.size(), sectors.labels.size(), file(*sector_map));
  }
  return line;
}

}  // namespace

Result<Grouping> group_labels(TableLabels const& labels, Mapping const* regions,
                              Mapping const* sectors) {
  ErrorList errors;
  auto const region_codes = codes_of(labels.regions);
  auto const sector_codes = codes_of(labels.sectors);
  auto const by_region =
      regions == nullptr ? identity(region_codes) : group(region_codes, *regions, "region", errors);
  auto const by_sector =
      sectors == nullptr ? identity(sector_codes) : group(sector_codes, *sectors, "sector", errors);
  if (!errors.empty()) return fail(errors.joined());

  Grouping result;
  if (regions != nullptr || sectors != nullptr) {
    result.history = history_line(labels, by_region, by_sector, regions, sectors);
  }
  for (std::size_t g = 0; g < by_region.labels.size(); ++g) {
    result.labels.regions.push_back(regions == nullptr ? labels.regions[g]
                                                       : merged_region(labels, by_region, g));
  }
  for (std::size_t g = 0; g < by_sector.labels.size(); ++g) {
    result.labels.sectors.push_back(sectors == nullptr ? labels.sectors[g]
                                                       : merged_sector(labels, by_sector, g));
  }
  result.labels.categories = labels.categories;
  result.labels.value_added_rows = labels.value_added_rows;
  auto industries = group_industries(labels, by_region, by_sector, sectors != nullptr);
  result.labels.industries = std::move(industries.keys);
  result.industry_of = std::move(industries.group_of);
  auto const categories = labels.categories.size();
  for (auto const group : by_region.group_of) {
    for (std::size_t c = 0; c < categories; ++c) {
      result.final_column_of.push_back(group * categories + c);
    }
  }
  return result;
}

}  // namespace linchpin
