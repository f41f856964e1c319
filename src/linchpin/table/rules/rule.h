// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "linchpin/core/dense.h"
#include "linchpin/table/check.h"
#include "linchpin/table/findings.h"
#include "linchpin/table/table.h"

namespace linchpin::rules {

/// Sums that several rules need, each from one pass over the rows.
struct Sums {
  DenseVector row;          ///< Z u + Y u, one per seller
  DenseVector column;       ///< u' Z, one per buyer
  DenseVector value_added;  ///< sum of the published rows, or output - column sum if there are none
  bool has_value_added = false;
  bool finite = true;  ///< no NaN or Inf anywhere
  double largest_output = 0;
};

[[nodiscard]] Sums add_up(Table const& table);

/// How far industry `i` may be off balance under `options`.
[[nodiscard]] double balance_tolerance(Table const& table, Sums const& sums,
                                       CheckOptions const& options, std::size_t i);

/// Findings of one rule: keeps the first `most`, counts the rest, never drops in silence.
class Collector {
 public:
  Collector(std::string_view rule, Severity severity, std::size_t most, Findings& findings)
      : rule_(rule), severity_(severity), most_(most), findings_(findings) {}
  Collector(Collector const&) = delete;
  Collector& operator=(Collector const&) = delete;
  ~Collector();

  /// True if the next finding will be kept; lets a rule skip making a text nobody sees.
  [[nodiscard]] bool has_room() const noexcept { return count_ < most_; }
  void add(std::string where, double value, std::string what, std::string hint);
  void count_only() noexcept { ++count_; }

 private:
  std::string rule_;
  Severity severity_;
  std::size_t most_;
  std::size_t count_ = 0;
  Findings& findings_;
};

// One file each; every rule appends what it finds.
void check_labels(Table const& table, CheckOptions const& options, Findings& findings);
void check_finite(Table const& table, CheckOptions const& options, Findings& findings);
void check_negative_flows(Table const& table, CheckOptions const& options, Findings& findings);
void check_balance(Table const& table, Sums const& sums, CheckOptions const& options,
                   Findings& findings);
void check_value_added(Table const& table, Sums const& sums, CheckOptions const& options,
                       Findings& findings);
void check_zero_output(Table const& table, Sums const& sums, CheckOptions const& options,
                       Findings& findings);
void check_final_demand(Table const& table, CheckOptions const& options, Findings& findings);
void check_empty_regions(Table const& table, Sums const& sums, CheckOptions const& options,
                         Findings& findings);
void check_spectral_radius(Table const& table, Sums const& sums, Findings& findings);

}  // namespace linchpin::rules
