// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/reliance_matrix.h"

#include <algorithm>

#include "linchpin/core/parallel.h"

namespace linchpin::depend {

RelianceMatrix reliance_matrix(LeontiefSystem const& system, std::span<Buyer const> suppliers,
                               RunControl const& control) {
  auto const& space = system.space();
  auto const n = system.size(), k = suppliers.size();
  RelianceMatrix result{DenseMatrix(k, n), DenseMatrix(k, n), DenseMatrix(k, n)};
  DenseMatrix sides(2 * k, n);  // one solve for both measures: the factors are read once
  auto const inverse_output = system.inverse_output();
  [[maybe_unused]] auto const done = parallel_for(
      k, {.threads = control.threads}, "face value", [&](std::size_t row) {
        auto const& of = suppliers[row];
        auto const first = of.industry ? of.industry->index() : space.first_of(of.region).index();
        auto const last = of.industry ? first + 1 : space.last_of(of.region).index();
        auto const sums = result.face_value.row(row);
        for (auto i = first; i < last; ++i) {
          auto const flows = system.economy().flows().row(IndustryId{i});
          for (std::size_t j = 0; j < n; ++j) sums[j] += flows[j];
          sides(k + row, i) = system.value_added_share()[IndustryId{i}];
        }
        for (std::size_t j = 0; j < n; ++j) sums[j] *= inverse_output[j];
      });
  LINCHPIN_ENSURES(done.has_value());
  auto const second_round = system.multiply_left(result.face_value, control);
  std::copy(second_round.values().begin(), second_round.values().end(), sides.data());
  system.solve_left(sides, control);
  std::copy_n(sides.data(), k * n, result.hidden.data());
  std::copy_n(sides.data() + k * n, k * n, result.value_added_origin.data());
  return result;
}

RelianceMatrix reliance_matrix(LeontiefSystem const& system, RunControl const& control) {
  std::vector<Buyer> regions;
  for (std::size_t r = 0; r < system.space().regions(); ++r) regions.push_back({RegionId{r}, {}});
  return reliance_matrix(system, regions, control);
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
