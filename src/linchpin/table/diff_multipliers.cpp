// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "linchpin/core/parallel.h"
#include "linchpin/table/diff.h"
#include "linchpin/table/repair/ras_cells.h"

namespace linchpin {

Result<DenseVector> output_multipliers(Table const& table, RunControl const& control) {
  auto const n = table.size();
  auto const bounds = scaling::tile_bounds(n, n * n);
  std::vector<DenseVector> sums(bounds.size() - 1, DenseVector(n, 0.0));
  DenseVector m(n, 1.0), next(n, 1.0);
  RunControl quiet{control.threads, control.cancel, {}};
  constexpr int most_rounds = 2'000;
  constexpr double tolerance = 1e-10;
  for (int round = 0; round < most_rounds; ++round) {
    auto const done = parallel_for(sums.size(), quiet, "multipliers", [&](std::size_t tile) {
      auto& sum = sums[tile];
      std::fill(sum.begin(), sum.end(), 0.0);
      for (auto i = bounds[tile]; i < bounds[tile + 1]; ++i) {
        table.Z.for_each(i, [&](std::size_t j, double value) { sum[j] += m[i] * value; });
      }
    });
    if (!done) return fail(done.error());
    double change = 0, largest = 0;
    for (std::size_t j = 0; j < n; ++j) {
      double bought = 0;
      for (auto const& sum : sums) bought += sum[j];
      next[j] = 1 + (table.output[j] > 0 ? bought / table.output[j] : 0.0);
      change = std::max(change, std::abs(next[j] - m[j]));
      largest = std::max(largest, std::abs(next[j]));
    }
    if (!std::isfinite(largest)) break;
    m.swap(next);
    if (change <= tolerance * largest) return m;
  }
  return fail(ErrorCode::unproductive_table,
              "output multipliers do not settle: some group of industries uses up its whole output",
              table.info.title.empty() ? "table" : table.info.title,
              "`linchpin table check` names what is wrong; `linchpin table balance` may mend it");
}

}  // namespace linchpin
