// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/region_groups.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <optional>

#include "linchpin/core/nearest.h"
#include "linchpin/table/aggregate.h"
#include "linchpin/table/grouping.h"
#include "linchpin/table/shape.h"

namespace linchpin {
namespace {

using GroupOfRegion = std::vector<std::optional<std::size_t>>;

Result<GroupOfRegion> groups_of(TableLabels const& labels, std::span<RegionGroup const> groups,
                                std::string const& where) {
  std::vector<std::string> known;
  for (auto const& region : labels.regions) known.push_back(region.label);
  GroupOfRegion group_of(known.size());
  ErrorList errors;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    if (groups[g].members.empty()) {
      errors.add(ErrorCode::missing_value, fmt::format("group '{}' has no member", groups[g].label),
                 where, "write it as EU=DEU,FRA,ITA");
    }
    for (auto const& member : groups[g].members) {
      auto const found = std::find(known.begin(), known.end(), member);
      if (found == known.end()) {
        errors.add(ErrorCode::unknown_label, fmt::format("there is no region '{}'", member), where,
                   did_you_mean(member, known, fmt::format("regions are {}", fmt::join(known, ", "))));
        continue;
      }
      auto& group = group_of[static_cast<std::size_t>(found - known.begin())];
      if (group) {
        errors.add(ErrorCode::duplicate_label,
                   fmt::format("region '{}' is in two groups, or twice in one", member), where,
                   "give each region to one group");
      }
      group = g;
    }
  }
  for (std::size_t g = 0; g < groups.size(); ++g) {
    auto const taken = std::find(known.begin(), known.end(), groups[g].label);
    bool const clash =
        taken != known.end() && group_of[static_cast<std::size_t>(taken - known.begin())] != g;
    auto const same = std::count_if(groups.begin(), groups.end(), [&](RegionGroup const& other) {
      return other.label == groups[g].label;
    });
    if (clash || same > 1 || groups[g].label.empty()) {
      errors.add(ErrorCode::duplicate_label,
                 fmt::format("'{}' cannot be the label of the group", groups[g].label), where,
                 "choose a label that no other region or group has");
    }
  }
  if (!errors.empty()) return fail(errors.joined());
  return group_of;
}

/// Labels and places of the new table, filled region by region.
class Regrouping {
 public:
  Regrouping(TableLabels const& labels, std::span<RegionGroup const> groups,
             GroupOfRegion const& group_of)
      : from_(labels), groups_(groups), group_of_(group_of) {
    result_.labels.sectors = labels.sectors;
    result_.labels.categories = labels.categories;
    result_.labels.value_added_rows = labels.value_added_rows;
    result_.industry_of.resize(labels.industries.size());
    result_.final_column_of.resize(labels.final_columns());
  }

  [[nodiscard]] Grouping make() {
    std::vector<bool> done(from_.regions.size(), false);
    for (std::size_t r = 0; r < done.size(); ++r) {
      if (done[r]) continue;
      auto const group = group_of_[r];
      result_.labels.regions.push_back(group ? RegionLabel{groups_[*group].label, {}, {}}
                                             : from_.regions[r]);
      for (std::size_t other = r; other < done.size(); ++other) {
        if (other != r && (!group || group_of_[other] != group)) continue;
        done[other] = true;
        add_region(other, group.has_value());
      }
      if (group) describe(result_.labels.regions.back(), *group);
    }
    std::vector<std::string> words;
    for (auto const& group : groups_) {
      words.push_back(fmt::format("{} = {}", group.label, fmt::join(group.members, " + ")));
    }
    result_.history = fmt::format("regions taken as one: {}", fmt::join(words, "; "));
    return std::move(result_);
  }

 private:
  void add_region(std::size_t old, bool grouped) {
    RegionId const now{result_.labels.regions.size() - 1};
    for (std::size_t i = 0; i < from_.industries.size(); ++i) {
      auto const key = from_.industries[i];
      if (key.region.index() != old) continue;
      result_.industry_of[i] = result_.labels.industries.size();
      result_.labels.industries.push_back({now, grouped ? member_sector(old, key.sector) : key.sector});
    }
    for (std::size_t c = 0; c < from_.categories.size(); ++c) {
      auto const place = from_.final_column(RegionId{old}, CategoryId{c}).index();
      result_.final_column_of[place] = result_.labels.final_column(now, CategoryId{c}).index();
    }
  }

  SectorId member_sector(std::size_t region, SectorId sector) {
    auto const& of = from_.sectors[sector.index()];
    auto const& owner = from_.regions[region];
    result_.labels.sectors.push_back(
        {owner.label + " " + of.label, owner.name + ", " + of.name, of.service});
    return SectorId{result_.labels.sectors.size() - 1};
  }

  void describe(RegionLabel& region, std::size_t group) {
    region.name = region.label;
    bool known = true;
    for (std::size_t r = 0; r < group_of_.size(); ++r) {
      if (group_of_[r] != group) continue;
      auto const& members = from_.regions[r].members;
      known = known && !members.empty();
      region.members.insert(region.members.end(), members.begin(), members.end());
    }
    if (!known) region.members.clear();
  }

  TableLabels const& from_;
  std::span<RegionGroup const> groups_;
  GroupOfRegion const& group_of_;
  Grouping result_;
};

}  // namespace

Result<RegionGroup> parse_region_group(std::string_view text, std::string const& where) {
  auto const sign = text.find('=');
  RegionGroup group;
  if (sign != std::string_view::npos) {
    group.label = text.substr(0, sign);
    for (auto begin = sign + 1; begin <= text.size();) {
      auto const end = std::min(text.find(',', begin), text.size());
      group.members.emplace_back(text.substr(begin, end - begin));
      begin = end + 1;
    }
  }
  bool const gap = std::find(group.members.begin(), group.members.end(), "") != group.members.end();
  if (group.label.empty() || group.members.empty() || gap) {
    return fail(ErrorCode::bad_usage, fmt::format("'{}' is not a group", text), where,
                "write its name and members: EU=DEU,FRA,ITA");
  }
  return group;
}

Result<Table> group_regions(Table const& table, std::span<RegionGroup const> groups,
                            std::string const& where) {
  if (auto const fits = check_shapes(table); !fits) return fail(fits.error());
  auto const group_of = groups_of(table.labels, groups, where);
  if (!group_of) return fail(group_of.error());
  return regroup(table, Regrouping(table.labels, groups, *group_of).make());
}

}  // namespace linchpin
