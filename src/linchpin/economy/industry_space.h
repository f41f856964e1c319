// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/ids.h"
#include "linchpin/table/table.h"

namespace linchpin {

/// Which regions, sectors and industries there are, and how they are numbered: the only class that
/// knows. Industries are grouped by region; regions may have different sector lists.
class IndustrySpace {
 public:
  /// \error invalid_table  labels are empty or repeated, or industries are not grouped by region
  [[nodiscard]] static Result<IndustrySpace> make(TableLabels labels);

  [[nodiscard]] std::size_t regions() const noexcept { return labels_.regions.size(); }
  [[nodiscard]] std::size_t sectors() const noexcept { return labels_.sectors.size(); }
  [[nodiscard]] std::size_t size() const noexcept { return labels_.industries.size(); }
  [[nodiscard]] TableLabels const& labels() const noexcept { return labels_; }

  [[nodiscard]] RegionId region_of(IndustryId industry) const noexcept;
  [[nodiscard]] SectorId sector_of(IndustryId industry) const noexcept;
  /// Industries of one region: a contiguous range [first, last).
  [[nodiscard]] IndustryId first_of(RegionId region) const noexcept;
  [[nodiscard]] IndustryId last_of(RegionId region) const noexcept;
  /// Industries of one sector over all regions, in ascending order.
  [[nodiscard]] std::span<IndustryId const> industries_of(SectorId sector) const noexcept;
  [[nodiscard]] std::optional<IndustryId> industry(RegionId region, SectorId sector) const noexcept;

  [[nodiscard]] std::string const& label(RegionId region) const noexcept;
  [[nodiscard]] std::string const& label(SectorId sector) const noexcept;
  [[nodiscard]] std::string label(IndustryId industry) const;  ///< "CHN:c14"
  [[nodiscard]] std::string const& name(RegionId region) const noexcept;
  [[nodiscard]] std::string const& name(SectorId sector) const noexcept;
  [[nodiscard]] std::vector<std::string> region_labels() const;
  [[nodiscard]] std::vector<std::string> sector_labels() const;

  /// Look-ups by label; an unknown one is an error with the nearest match as hint. `where` says
  /// where the user wrote it ("--buyer", "scenario.toml:12").
  [[nodiscard]] Result<RegionId> find_region(std::string_view label, std::string_view where) const;
  [[nodiscard]] Result<SectorId> find_sector(std::string_view label, std::string_view where) const;
  /// `label` is "REGION:SECTOR".
  [[nodiscard]] Result<IndustryId> find_industry(std::string_view label,
                                                 std::string_view where) const;

 private:
  explicit IndustrySpace(TableLabels labels);

  TableLabels labels_;
  std::vector<std::size_t> region_starts_;  // regions() + 1 entries
  std::vector<std::vector<IndustryId>> by_sector_;
  std::unordered_map<std::string, RegionId> region_ids_;
  std::unordered_map<std::string, SectorId> sector_ids_;
};

}  // namespace linchpin
