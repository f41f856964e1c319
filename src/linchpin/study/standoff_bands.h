// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <vector>

#include "linchpin/results/standoff_answer.h"
#include "linchpin/sampling/quantiles.h"
#include "linchpin/study/standoff_parts.h"

namespace linchpin::study {

/// `value(draw)` at central numbers and its quantiles over draws.
template <typename Value>
Band band_of(StandoffDraw const& central, std::span<StandoffDraw const> draws, Value&& value) {
  Band band;
  band.central = value(central);
  if (draws.empty()) return band;
  std::vector<double> all;
  for (auto const& draw : draws) all.push_back(value(draw));
  std::sort(all.begin(), all.end());
  band.p05 = sampling::sorted_quantile(all, 0.05);
  band.p50 = sampling::sorted_quantile(all, 0.5);
  band.p95 = sampling::sorted_quantile(all, 0.95);
  return band;
}

/// Share of the draws in which `holds(draw)`; empty without draws.
template <typename Holds>
std::optional<double> share_of(std::span<StandoffDraw const> draws, Holds&& holds) {
  if (draws.empty()) return std::nullopt;
  auto const count = std::count_if(draws.begin(), draws.end(), holds);
  return static_cast<double>(count) / static_cast<double>(draws.size());
}

}  // namespace linchpin::study
