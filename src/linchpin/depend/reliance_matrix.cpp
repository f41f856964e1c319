// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/reliance_matrix.h"

#include <algorithm>

#include "linchpin/core/parallel.h"

namespace linchpin::depend {

RelianceMatrix reliance_matrix(LeontiefSystem const& system, RunControl const& control) {
  auto const& space = system.space();
  auto const n = system.size(), G = space.regions();
  RelianceMatrix result;
  // U A: sums of the rows of Z by region, over x.
  result.face_value = DenseMatrix(G, n);
  result.hidden = DenseMatrix(G, n);
  result.value_added_origin = DenseMatrix(G, n);
  auto const inverse_output = system.inverse_output();
  [[maybe_unused]] auto const done = parallel_for(
      G, {.threads = control.threads}, "face value", [&](std::size_t r) {
        auto const sums = result.face_value.row(r);
        auto const last = space.last_of(RegionId{r});
        for (auto i = space.first_of(RegionId{r}); i < last; i = IndustryId{i.index() + 1}) {
          auto const flows = system.economy().flows().row(i);
          for (std::size_t j = 0; j < n; ++j) sums[j] += flows[j];
        }
        for (std::size_t j = 0; j < n; ++j) sums[j] *= inverse_output[j];
      });
  LINCHPIN_ENSURES(done.has_value());
  // One solve for both: the factors are read once.
  DenseMatrix sides(2 * G, n);
  auto const second_round = system.multiply_left(result.face_value, control);
  std::copy(second_round.values().begin(), second_round.values().end(), sides.data());
  for (std::size_t i = 0; i < n; ++i) {
    sides(G + space.region_of(IndustryId{i}).index(), i) = system.value_added_share()[IndustryId{i}];
  }
  system.solve_left(sides, control);
  std::copy_n(sides.data(), G * n, result.hidden.data());
  std::copy_n(sides.data() + G * n, G * n, result.value_added_origin.data());
  return result;
}

MarketReliance market_reliance(LeontiefSystem const& system, RunControl const& control) {
  auto const& space = system.space();
  auto const n = system.size(), G = space.regions();
  auto const final_use = system.final_use();
  MarketReliance result;
  result.face_value = DenseMatrix(n, G);
  for (std::size_t i = 0; i < n; ++i) {
    auto const flows = system.economy().flows().row(IndustryId{i});
    for (std::size_t j = 0; j < n; ++j) {
      result.face_value(i, space.region_of(IndustryId{j}).index()) += flows[j];
    }
  }
  result.hidden = system.multiply(result.face_value, control);
  system.solve(result.hidden, control);
  result.final_use = DenseMatrix(n, G);
  std::copy_n(final_use.raw(), n * G, result.final_use.data());
  system.solve(result.final_use, control);
  for (auto* matrix : {&result.face_value, &result.hidden, &result.final_use}) {
    for (std::size_t i = 0; i < n; ++i) {
      for (double& value : matrix->row(i)) value *= system.inverse_output()[i];
    }
  }
  return result;
}

}  // namespace linchpin::depend
