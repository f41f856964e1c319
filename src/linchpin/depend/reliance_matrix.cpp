// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/reliance_matrix.h"

#include <algorithm>

namespace linchpin::depend {

RelianceMatrix reliance_matrix(LeontiefSystem const& system, RunControl const& control) {
  auto const& space = system.space();
  auto const n = system.size(), G = space.regions();
  RelianceMatrix result;
  // U A: sums of the rows of Z by region, over x.
  result.face_value = DenseMatrix(G, n);
  result.value_added_origin = DenseMatrix(G, n);
  auto const inverse_output = system.inverse_output();
  for (std::size_t i = 0; i < n; ++i) {
    auto const r = space.region_of(IndustryId{i}).index();
    auto const flows = system.economy().flows().row(IndustryId{i});
    auto const sums = result.face_value.row(r);
    for (std::size_t j = 0; j < n; ++j) sums[j] += flows[j] * inverse_output[j];
    result.value_added_origin(r, i) = system.value_added_share()[IndustryId{i}];
  }
  result.hidden = system.multiply_left(result.face_value, control);
  system.solve_left(result.hidden, control);
  system.solve_left(result.value_added_origin, control);
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
