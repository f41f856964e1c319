// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/extraction_multipliers.h"

#include <vector>

#include "linchpin/core/parallel.h"

namespace linchpin::depend {
namespace {

DenseMatrix transposed(DenseMatrix const& matrix) {
  DenseMatrix result(matrix.columns(), matrix.rows());
  for (std::size_t i = 0; i < matrix.rows(); ++i) {
    for (std::size_t j = 0; j < matrix.columns(); ++j) result(j, i) = matrix(i, j);
  }
  return result;
}

}  // namespace

Result<Multipliers> multipliers(LeontiefSystem const& system, DenseMatrix const& L,
                                RunControl const& control) {
  auto const& space = system.space();
  auto const n = system.size();
  auto const share = system.value_added_share().raw();
  DenseMatrix all_output(space.regions(), n), all_value_added(space.regions(), n);
  auto const done = parallel_for(space.regions(), control, "multipliers", [&](std::size_t r) {
    auto const output = all_output.row(r);
    auto const value_added = all_value_added.row(r);
    auto const last = space.last_of(RegionId{r}).index();
    for (auto i = space.first_of(RegionId{r}).index(); i < last; ++i) {
      auto const row = L.row(i);
      for (std::size_t k = 0; k < n; ++k) {
        output[k] += row[k];
        value_added[k] += share[i] * row[k];
      }
    }
  });
  if (!done) return fail(done.error());
  return Multipliers{transposed(all_output), transposed(all_value_added)};
}

PartyLoss party_loss(DenseMatrix const& multiplier, std::span<std::size_t const> suppliers,
                     std::span<double const> sigma, std::size_t home,
                     std::optional<std::size_t> buyer) {
  std::vector<double> by_region(multiplier.columns(), 0.0);
  for (std::size_t k = 0; k < suppliers.size(); ++k) {
    auto const row = multiplier.row(suppliers[k]);
    for (std::size_t r = 0; r < row.size(); ++r) by_region[r] += row[r] * sigma[k];
  }
  PartyLoss loss;
  for (std::size_t r = 0; r < by_region.size(); ++r) {
    loss.world += by_region[r];
    (r == home ? loss.supplier : (buyer == r ? loss.buyer : loss.others)) += by_region[r];
  }
  return loss;
}

}  // namespace linchpin::depend
