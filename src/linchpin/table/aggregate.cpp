// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/aggregate.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <numeric>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "linchpin/core/contracts.h"
#include "linchpin/core/nearest.h"
#include "linchpin/table/label_text.h"
#include "linchpin/table/region_names.h"
#include "linchpin/table/shape.h"

namespace linchpin {
namespace {

/// Old labels -> new labels of one side (regions or sectors).
struct Grouping {
  std::vector<std::size_t> group_of;              // one per old label
  std::vector<std::string> labels;                // one per group
  std::vector<std::string> names;                 // given by the mapping, else empty
  std::vector<std::vector<std::size_t>> members;  // old labels of each group, ascending
};

template <class Labels>
std::vector<std::string> codes_of(Labels const& labels) {
  std::vector<std::string> codes;
  for (auto const& each : labels) codes.push_back(each.label);
  return codes;
}

Grouping identity(std::vector<std::string> labels) {
  Grouping grouping;
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

Grouping group(std::vector<std::string> const& labels, Mapping const& mapping, char const* kind,
               ErrorList& errors) {
  constexpr std::size_t unmapped = static_cast<std::size_t>(-1);
  std::unordered_map<std::string, std::size_t> number_of, group_of_label;
  for (std::size_t k = 0; k < labels.size(); ++k) number_of.emplace(labels[k], k);
  Grouping grouping;
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

RegionLabel merged_region(TableLabels const& labels, Grouping const& grouping, std::size_t group) {
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

SectorLabel merged_sector(TableLabels const& labels, Grouping const& grouping, std::size_t group) {
  auto const& members = grouping.members[group];
  SectorLabel sector{grouping.labels[group], grouping.names[group], false};
  if (sector.name.empty()) sector.name = merged_name(labels.sectors, members, "; ");
  sector.service = std::all_of(members.begin(), members.end(),
                               [&](std::size_t k) { return labels.sectors[k].service; });
  return sector;
}

/// Which new industry each old one becomes part of, and the new industries.
struct IndustryGrouping {
  std::vector<std::size_t> group_of;
  std::vector<IndustryKey> keys;
};

IndustryGrouping group_industries(TableLabels const& labels, Grouping const& regions,
                                  Grouping const& sectors, bool sectors_are_mapped) {
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

/// to(row_group[i], column_group[j]) += from(i, j), in ascending i and j.
void add_up(DenseMatrix const& from, std::vector<std::size_t> const& row_group,
            std::vector<std::size_t> const& column_group, DenseMatrix& to) {
  for (std::size_t i = 0; i < from.rows(); ++i) {
    auto const source = from.row(i);
    auto const target = to.row(row_group[i]);
    for (std::size_t j = 0; j < source.size(); ++j) target[column_group[j]] += source[j];
  }
}

std::string history_line(Table const& table, Grouping const& regions, Grouping const& sectors,
                         Mapping const* region_map, Mapping const* sector_map) {
  auto const file = [](Mapping const& map) {
    return std::filesystem::path(map.file).filename().string();
  };
  std::string line = "aggregated";
  if (region_map != nullptr) {
    line += fmt::format(" {} regions to {} by {}", table.labels.regions.size(),
                        regions.labels.size(), file(*region_map));
  }
  if (sector_map != nullptr) {
    line += fmt::format("{} {} sectors to {} by {}", region_map != nullptr ? "," : "",
                        table.labels.sectors.size(), sectors.labels.size(), file(*sector_map));
  }
  return line;
}

}  // namespace

Result<Table> aggregate(Table const& table, Mapping const* regions, Mapping const* sectors) {
  if (auto const fits = check_shapes(table); !fits) return fail(fits.error());
  auto const& labels = table.labels;
  ErrorList errors;
  auto const region_codes = codes_of(labels.regions);
  auto const sector_codes = codes_of(labels.sectors);
  auto const region_groups =
      regions == nullptr ? identity(region_codes) : group(region_codes, *regions, "region", errors);
  auto const sector_groups =
      sectors == nullptr ? identity(sector_codes) : group(sector_codes, *sectors, "sector", errors);
  if (!errors.empty()) return fail(errors.joined());
  if (regions == nullptr && sectors == nullptr) return table;

  Table result;
  result.info = table.info;
  if (!result.info.history.empty()) result.info.history += '\n';
  result.info.history += history_line(table, region_groups, sector_groups, regions, sectors);
  for (std::size_t g = 0; g < region_groups.labels.size(); ++g) {
    result.labels.regions.push_back(regions == nullptr ? labels.regions[g]
                                                       : merged_region(labels, region_groups, g));
  }
  for (std::size_t g = 0; g < sector_groups.labels.size(); ++g) {
    result.labels.sectors.push_back(sectors == nullptr ? labels.sectors[g]
                                                       : merged_sector(labels, sector_groups, g));
  }
  result.labels.categories = labels.categories;
  result.labels.value_added_rows = labels.value_added_rows;
  auto const industries =
      group_industries(labels, region_groups, sector_groups, sectors != nullptr);
  result.labels.industries = industries.keys;

  auto const n = industries.keys.size();
  auto const categories = labels.categories.size();
  std::vector<std::size_t> column_groups;
  for (auto const group : region_groups.group_of) {
    for (std::size_t c = 0; c < categories; ++c) column_groups.push_back(group * categories + c);
  }
  std::vector<std::size_t> value_added_rows(labels.value_added_rows.size());
  std::iota(value_added_rows.begin(), value_added_rows.end(), std::size_t{0});
  result.Z = DenseMatrix(n, n);
  result.Y = DenseMatrix(n, result.labels.final_columns());
  result.value_added = DenseMatrix(value_added_rows.size(), n);
  result.output.assign(n, 0.0);
  add_up(table.Z, industries.group_of, industries.group_of, result.Z);
  add_up(table.Y, industries.group_of, column_groups, result.Y);
  add_up(table.value_added, value_added_rows, industries.group_of, result.value_added);
  for (std::size_t i = 0; i < table.size(); ++i) {
    result.output[industries.group_of[i]] += table.output[i];
  }
  return result;
}

}  // namespace linchpin
