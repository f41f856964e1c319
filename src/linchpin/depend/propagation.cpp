// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/propagation.h"

namespace linchpin::depend {

Propagation propagation_to(LeontiefSystem const& system, std::vector<IndustryId> const& buyers,
                           RunControl const& control) {
  auto const n = system.size();
  Propagation result;
  result.strength = DenseMatrix(n, buyers.size());
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t b = 0; b < buyers.size(); ++b) {
      result.strength(i, b) = system.coefficient(IndustryId{i}, buyers[b]);
    }
  }
  system.solve(result.strength, control);
  result.length = result.strength;
  system.solve(result.length, control);
  auto const strength = result.strength.values();
  auto const length = result.length.values();
  for (std::size_t k = 0; k < length.size(); ++k) {
    length[k] = strength[k] > 0 ? length[k] / strength[k] : 0.0;
  }
  return result;
}

Propagation propagation(LeontiefSystem const& system, RunControl const& control) {
  std::vector<IndustryId> all;
  for (std::size_t j = 0; j < system.size(); ++j) all.emplace_back(j);
  return propagation_to(system, all, control);
}

}  // namespace linchpin::depend
