// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"

namespace linchpin {

/// Whose trade is looked at: a country, or a group of countries taken as one.
struct TradeBuyer {
  std::string name;                  ///< "DEU", "EU27"
  std::vector<std::string> members;  ///< labels of countries as in the file (after its codes)
};

/// Amounts by country and product; what was never traded takes no memory.
class CountryProducts {
 public:
  [[nodiscard]] double at(std::size_t country, std::size_t product) const noexcept {
    if (country >= rows_.size() || product >= rows_[country].size()) return 0;
    return rows_[country][product];
  }
  /// The amount to add to. `bytes` grows by the memory this takes.
  double& slot(std::size_t country, std::size_t product, std::size_t& bytes) {
    if (country < rows_.size() && product < rows_[country].size()) return rows_[country][product];
    return new_slot(country, product, bytes);
  }

 private:
  double& new_slot(std::size_t country, std::size_t product, std::size_t& bytes);

  std::vector<std::vector<double>> rows_;
};

/// Trade of one buyer in one year; trade between its members stands apart.
struct BuyerTrade {
  CountryProducts imports;  ///< from outside, by origin and product
  CountryProducts inside;   ///< among members: the only row, 0, by product
  CountryProducts exports;  ///< to outside: the only row, 0, by product
};

struct TradeYear {
  int year = 0;
  CountryProducts exports;         ///< to all countries, by exporter and product
  std::vector<BuyerTrade> buyers;  ///< in the order of ProductTrade::buyers
};

/// World trade by product, added up to what indicators of concentration need. All amounts in the
/// unit of the file, >= 0.
struct ProductTrade {
  std::vector<std::string> countries;
  std::vector<std::string> products;  ///< as the file writes them, leading zeros kept
  std::vector<TradeBuyer> buyers;
  std::vector<TradeYear> years;  ///< ascending
  std::uint64_t rows = 0;        ///< lines of the years asked for
  std::uint64_t own_rows = 0;    ///< of them from a country to itself: no trade, left out
  /// Products of an odd number of digits: a spreadsheet has probably taken a leading zero away.
  std::size_t odd_codes = 0;

  /// For each country, whether it is a member of `buyer`.
  [[nodiscard]] std::vector<bool> members_of(std::size_t buyer) const;
};

struct ProductTradeOptions {
  static constexpr std::size_t most_buyers = 32;

  std::vector<TradeBuyer> buyers = {};
  /// CSV that says which label a country code of the file stands for; empty: codes are the labels,
  /// but for an archive or folder with a member `country_codes…csv`.
  std::filesystem::path codes = {};
  std::optional<int> year = {};                         ///< empty: all years
  std::uint64_t memory_limit = std::uint64_t{4} << 30;  ///< [bytes] of what is added up
};

/// Reads trade by product: CSV files with one line per year, exporter, importer and product, plain
/// or compressed, or an archive or folder of them. Lines are added up as they pass, so that memory
/// depends on years x countries x products and not on the number of lines; lines of the same flow
/// count together. Up to 20 problems of each file are reported at once. See
/// docs/formats/product-trade.md.
///
/// \error file_not_found, unreadable_file
/// \error bad_format     columns missing or twice, ragged lines, text in a number
/// \error bad_value      a negative, huge or non-finite value, a year that is none, an unfit label
/// \error unknown_label  a code that the codes do not have; a buyer or member without any trade
/// \error missing_value  an empty cell; no line at all, or none of the year asked for
/// \error too_large      more years, countries and products than the memory limit allows
/// \error bad_usage      more than `most_buyers` buyers, the same name twice, a buyer without
/// members
/// \error cancelled
[[nodiscard]] Result<ProductTrade> read_product_trade(
    std::vector<std::filesystem::path> const& paths, ProductTradeOptions const& options,
    RunControl const& control = {});

}  // namespace linchpin
