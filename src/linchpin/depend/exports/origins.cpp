// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/exports/origins.h"

namespace linchpin::depend {

DenseMatrix value_added_in_exports(ExportBase const& base, std::span<Buyer const> sources,
                                   RunControl const& control) {
  auto const n = base.system.size();
  DenseMatrix result(sources.size(), n);
  for (std::size_t k = 0; k < sources.size(); ++k) {
    auto const& of = sources[k];
    auto const first = of.industry ? of.industry->index() : base.first(of.region.index());
    auto const last = of.industry ? first + 1 : base.last(of.region.index());
    for (auto i = first; i < last; ++i) result(k, i) = base.system.value_added_share()[IndustryId{i}];
  }
  base.system.solve_left(result, control);
  for (std::size_t k = 0; k < sources.size(); ++k) {
    auto const row = result.row(k);
    for (std::size_t j = 0; j < n; ++j) row[j] *= base.total_exports[j];
  }
  return result;
}

}  // namespace linchpin::depend
