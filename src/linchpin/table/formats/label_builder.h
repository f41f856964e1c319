// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "linchpin/table/table.h"

namespace linchpin {

/// Numbers labels in the order in which a file names them, then makes TableLabels with names,
/// members and flags from the schemes we know.
class LabelBuilder {
 public:
  RegionId add_region(std::string_view label) { return RegionId{regions_.add(label)}; }
  SectorId add_sector(std::string_view label) { return SectorId{sectors_.add(label)}; }
  CategoryId add_category(std::string_view label) { return CategoryId{categories_.add(label)}; }
  std::size_t add_value_added_row(std::string_view label) { return value_added_.add(label); }
  /// Number of the industry by first appearance; `finish` regroups.
  std::size_t add_industry(RegionId region, SectorId sector);

  [[nodiscard]] std::optional<std::size_t> find_region(std::string_view label) const {
    return regions_.find(label);
  }
  [[nodiscard]] std::optional<std::size_t> find_sector(std::string_view label) const {
    return sectors_.find(label);
  }
  [[nodiscard]] std::optional<std::size_t> find_category(std::string_view label) const {
    return categories_.find(label);
  }
  [[nodiscard]] std::optional<std::size_t> find_value_added_row(std::string_view label) const {
    return value_added_.find(label);
  }
  [[nodiscard]] std::optional<std::size_t> find_industry(std::string_view region,
                                                         std::string_view sector) const;
  [[nodiscard]] std::size_t regions() const noexcept { return regions_.size(); }
  [[nodiscard]] std::size_t categories() const noexcept { return categories_.size(); }
  [[nodiscard]] std::size_t industries() const noexcept { return keys_.size(); }
  [[nodiscard]] std::size_t value_added_rows() const noexcept { return value_added_.size(); }

  /// Position of each industry (by first appearance) once industries are grouped by region.
  [[nodiscard]] std::vector<std::size_t> grouped_positions() const;
  [[nodiscard]] TableLabels finish() const;
  /// "CHN:c14" of all industries, for "did you mean".
  [[nodiscard]] std::vector<std::string> industry_labels() const;

 private:
  /// Texts numbered by first appearance.
  class Numbering {
   public:
    std::size_t add(std::string_view text);
    [[nodiscard]] std::optional<std::size_t> find(std::string_view text) const;
    [[nodiscard]] std::size_t size() const noexcept { return texts_.size(); }
    [[nodiscard]] std::vector<std::string> const& texts() const noexcept { return texts_; }

   private:
    struct Hash {
      using is_transparent = void;
      std::size_t operator()(std::string_view text) const noexcept {
        return std::hash<std::string_view>{}(text);
      }
    };
    std::vector<std::string> texts_;
    std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>> numbers_;
  };

  [[nodiscard]] static std::uint64_t packed(std::size_t region, std::size_t sector) noexcept {
    return (static_cast<std::uint64_t>(region) << 32U) | static_cast<std::uint64_t>(sector);
  }

  Numbering regions_;
  Numbering sectors_;
  Numbering categories_;
  Numbering value_added_;
  std::vector<IndustryKey> keys_;
  std::unordered_map<std::uint64_t, std::size_t> industry_numbers_;
};

}  // namespace linchpin
