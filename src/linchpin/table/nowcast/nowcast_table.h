// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "linchpin/core/dense.h"
#include "linchpin/table/nowcast/nowcast_frame.h"
#include "linchpin/table/table.h"

namespace linchpin::nowcasting {

/// Puts the balanced purchases of all regions together to one table.
class TableBuilder {
 public:
  TableBuilder(NowcastInputs const& inputs, Frame const& frame);
  /// Takes the purchases of one region: (exporter, product) x (its industries, then its final use).
  /// Different regions may be set at the same time.
  void set_importer(std::size_t region, DenseMatrix const& purchases);
  /// Adds output and residual value added. The builder is empty afterwards.
  [[nodiscard]] Table finish();

 private:
  Frame const& frame_;
  Table table_;
};

}  // namespace linchpin::nowcasting
