// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/position.h"

namespace linchpin::depend {

Position position(LeontiefSystem const& system) {
  auto const n = system.economy().size();
  auto const output = system.economy().output().raw();

  DenseMatrix multiplier(1, n);
  for (auto& value : multiplier.values()) value = 1.0;
  system.solve_left(multiplier);

  // B = x^-1 A x, so (I - B) U = u becomes (I - A)(x U) = x: the same factors serve.
  DenseMatrix weighted(n, 1);
  for (std::size_t i = 0; i < n; ++i) weighted(i, 0) = output[i];
  system.solve(weighted);

  Position result;
  result.output_multiplier.assign(multiplier.values().begin(), multiplier.values().end());
  result.downstreamness = result.output_multiplier;  // D = u'(I - A)^-1 = u'L
  result.upstreamness.resize(n);
  for (std::size_t i = 0; i < n; ++i) {
    result.upstreamness[i] = output[i] != 0 ? weighted(i, 0) / output[i] : 1.0;
  }
  return result;
}

}  // namespace linchpin::depend
