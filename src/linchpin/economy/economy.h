// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/core/views.h"
#include "linchpin/economy/industry_space.h"
#include "linchpin/table/table.h"

namespace linchpin {

using IndustryView = VectorView<IndustryId, double const>;
using FlowView = MatrixView<IndustryId, IndustryId, double const>;

/// How far a published table may be off balance and still be used: a gap is refused only if it
/// exceeds both bounds. The second is there because publishers round cells to whole units, which
/// adds up over a long row until it is large beside a tiny industry, but not beside the table.
struct BalanceTolerance {
  double relative = 1e-3;    ///< of the industry's own output
  double of_largest = 5e-4;  ///< of the largest output of the table
};

/// How far a table was off balance when it became an economy; printed with results.
struct BalanceReport {
  double largest_gap = 0;  ///< max |row sum - published output| [unit]
  IndustryId largest_gap_at;
  double total_gap = 0;           ///< sum of |row sum - published output| [unit]
  double relative_total_gap = 0;  ///< total_gap over world output
  std::size_t negative_value_added = 0;
  std::size_t zero_output = 0;
};

/// A valid, calibrated table, ready for questions; never changes. Cheap to copy (shared).
///
/// Output is the row sum x = Z u + Y u and value added the residual v = x - u'Z, so that the
/// identities of input-output accounting hold to rounding whatever the publisher rounded.
class Economy {
 public:
  /// \error invalid_table     NaN or Inf, negative intermediate flow, label faults, wrong shapes;
  ///                          a negative row sum
  /// \error unbalanced_table  row sums differ from published output, or their residual from
  ///                          published value added, beyond `tolerance`
  [[nodiscard]] static Result<Economy> make(std::shared_ptr<Table const> table,
                                            BalanceTolerance const& tolerance = {});
  /// Takes the table over.
  [[nodiscard]] static Result<Economy> make(Table table, BalanceTolerance const& tolerance = {});

  [[nodiscard]] IndustrySpace const& space() const noexcept;
  [[nodiscard]] Table const& table() const noexcept;
  [[nodiscard]] TableInfo const& info() const noexcept { return table().info; }
  [[nodiscard]] std::size_t size() const noexcept { return space().size(); }

  /// Z: intermediate flows, row = seller, column = buyer [unit per year].
  [[nodiscard]] FlowView flows() const noexcept;
  /// Y: final demand with all its categories, negative cells included [unit per year].
  [[nodiscard]] MatrixView<IndustryId, FinalColumnId, double const> final_demand() const noexcept;
  /// Final demand summed over categories, n x regions [unit per year].
  [[nodiscard]] MatrixView<IndustryId, RegionId, double const> final_by_region() const noexcept;
  /// x = Z u + Y u [unit per year].
  [[nodiscard]] IndustryView output() const noexcept;
  /// v = x - u'Z, may be negative in published tables [unit per year].
  [[nodiscard]] IndustryView value_added() const noexcept;
  [[nodiscard]] BalanceReport const& balance() const noexcept;

 private:
  struct Data;
  explicit Economy(std::shared_ptr<Data const> data) noexcept;
  std::shared_ptr<Data const> data_;
};

}  // namespace linchpin
