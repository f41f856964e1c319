// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <numeric>
#include <optional>

#include "linchpin/disrupt/model.h"

namespace linchpin {

inline constexpr char const* no_baseline = "the baseline is zero";

[[nodiscard]] inline double total(DenseVector const& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

/// `value` where there is a baseline to compare with.
[[nodiscard]] inline std::optional<double> defined(double value, double baseline) {
  return baseline > 0 ? std::optional<double>{value} : std::nullopt;
}

/// One of the three measured losses of regions, with its baseline.
struct LossMeasure {
  char const* name;
  DenseVector const disrupt::Path::* loss_pct;
  double disrupt::Path::* world_loss_pct;
  DenseVector const disrupt::Path::* baseline;
};

inline constexpr LossMeasure loss_measures[] = {
    {"output_loss_pct", &disrupt::Path::region_output_loss_pct,
     &disrupt::Path::world_output_loss_pct, &disrupt::Path::region_output_baseline},
    {"value_added_loss_pct", &disrupt::Path::region_value_added_loss_pct,
     &disrupt::Path::world_value_added_loss_pct, &disrupt::Path::region_value_added_baseline},
    {"final_use_loss_pct", &disrupt::Path::region_final_use_loss_pct,
     &disrupt::Path::world_final_use_loss_pct, &disrupt::Path::region_final_use_baseline}};

/// Loss of region `r` in %, or of the world where `r` is the number of regions; empty without a
/// baseline.
[[nodiscard]] inline std::optional<double> loss_of(disrupt::Path const& path,
                                                   LossMeasure const& measure, std::size_t r) {
  if (r < (path.*measure.loss_pct).size()) {
    return defined((path.*measure.loss_pct)[r], (path.*measure.baseline)[r]);
  }
  return defined(path.*measure.world_loss_pct, total(path.*measure.baseline));
}

}  // namespace linchpin
