// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/formats/label_builder.h"

#include <algorithm>
#include <numeric>

#include "linchpin/table/category_scheme.h"
#include "linchpin/table/region_names.h"
#include "linchpin/table/sector_scheme.h"

namespace linchpin {

std::size_t LabelBuilder::Numbering::add(std::string_view text) {
  if (auto const known = find(text)) return *known;
  numbers_.emplace(text, texts_.size());
  texts_.emplace_back(text);
  return texts_.size() - 1;
}

std::optional<std::size_t> LabelBuilder::Numbering::find(std::string_view text) const {
  auto const entry = numbers_.find(text);
  if (entry == numbers_.end()) return std::nullopt;
  return entry->second;
}

std::size_t LabelBuilder::add_industry(RegionId region, SectorId sector) {
  auto const [entry, added] =
      industry_numbers_.try_emplace(packed(region.index(), sector.index()), keys_.size());
  if (added) keys_.push_back({region, sector});
  return entry->second;
}

std::optional<std::size_t> LabelBuilder::find_industry(std::string_view region,
                                                       std::string_view sector) const {
  auto const r = regions_.find(region);
  auto const s = sectors_.find(sector);
  if (!r || !s) return std::nullopt;
  auto const entry = industry_numbers_.find(packed(*r, *s));
  if (entry == industry_numbers_.end()) return std::nullopt;
  return entry->second;
}

std::vector<std::size_t> LabelBuilder::grouped_positions() const {
  std::vector<std::size_t> order(keys_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return keys_[a].region < keys_[b].region; });
  std::vector<std::size_t> positions(keys_.size());
  for (std::size_t position = 0; position < order.size(); ++position) {
    positions[order[position]] = position;
  }
  return positions;
}

TableLabels LabelBuilder::finish() const {
  TableLabels labels;
  for (auto const& text : regions_.texts()) labels.regions.push_back(describe_region(text));
  labels.sectors = describe_sectors(sectors_.texts());
  for (auto const& text : categories_.texts()) {
    labels.categories.push_back(describe_category(text));
  }
  labels.value_added_rows = value_added_.texts();
  auto const positions = grouped_positions();
  labels.industries.resize(keys_.size());
  for (std::size_t i = 0; i < keys_.size(); ++i) labels.industries[positions[i]] = keys_[i];
  return labels;
}

std::vector<std::string> LabelBuilder::industry_labels() const {
  std::vector<std::string> result;
  result.reserve(keys_.size());
  for (auto const& key : keys_) {
    result.push_back(regions_.texts()[key.region.index()] + ":" +
                     sectors_.texts()[key.sector.index()]);
  }
  return result;
}

}  // namespace linchpin
