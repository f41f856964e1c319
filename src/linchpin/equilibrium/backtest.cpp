// SPDX-License-Identifier: Apache-2.0
#include "linchpin/equilibrium/backtest.h"

#include <algorithm>
#include <cmath>

namespace linchpin::equilibrium {
namespace {

constexpr std::size_t all = ChangePair::all;

Result<void> check(FlowChange const& predicted, FlowChange const& seen, CellFilter const& filter) {
  ErrorList errors;
  auto const regions = seen.before.regions;
  auto const sectors = seen.before.sectors;
  for (auto const* flows : {&predicted.before, &predicted.after, &seen.before, &seen.after}) {
    if (flows->regions == regions && flows->sectors == sectors &&
        flows->trade.size() == sectors * regions * regions) {
      continue;
    }
    errors.add(ErrorCode::size_mismatch, "regions or sectors of the flows differ", "flows",
               "compare flows of the same labels");
    break;
  }
  auto const inside = [&](std::vector<std::size_t> const& places, std::size_t count) {
    return std::all_of(places.begin(), places.end(), [&](std::size_t p) { return p < count; });
  };
  if (!inside(filter.sectors, sectors) || !inside(filter.importers, regions) ||
      !inside(filter.exporters, regions)) {
    errors.add(ErrorCode::unknown_label, "the filter names no sector or region here", "filter",
               "use places of the flows");
  }
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

std::vector<char> chosen(std::vector<std::size_t> const& places, std::size_t count) {
  std::vector<char> in(count, places.empty() ? 1 : 0);
  for (auto const place : places) in[place] = 1;
  return in;
}

struct Chosen {
  std::vector<char> sector, importer, exporter;
  Chosen(CellFilter const& filter, Flows const& flows)
      : sector(chosen(filter.sectors, flows.sectors)),
        importer(chosen(filter.importers, flows.regions)),
        exporter(chosen(filter.exporters, flows.regions)) {}
};

double imports(Flows const& flows, std::size_t j, std::size_t n) noexcept {
  double sum = 0;
  for (std::size_t i = 0; i < flows.regions; ++i) {
    if (i != n) sum += flows.at(j, n, i);
  }
  return sum;
}

/// Flows between regions summed to a level; key: (sector, importer, exporter), `all` → 0.
struct Sums {
  std::vector<double> value;
  std::vector<ChangePair> label;
};

Sums sums_of(Flows const& flows, FlowLevel level, Chosen const& in) {
  auto const N = flows.regions;
  auto const by_sector = level != FlowLevel::region_exports;
  auto const by_importer = level == FlowLevel::pair || level == FlowLevel::imports;
  auto const by_exporter =
      level == FlowLevel::pair || level == FlowLevel::exports || level == FlowLevel::region_exports;
  auto const js = by_sector ? flows.sectors : 1;
  auto const ns = by_importer ? N : 1;
  auto const is = by_exporter ? N : 1;
  Sums sums;
  sums.value.assign(js * ns * is, 0.0);
  sums.label.resize(sums.value.size());
  for (std::size_t j = 0; j < flows.sectors; ++j) {
    for (std::size_t n = 0; n < N; ++n) {
      for (std::size_t i = 0; i < N; ++i) {
        if (i == n || in.sector[j] == 0 || in.importer[n] == 0 || in.exporter[i] == 0) continue;
        auto const place =
            ((by_sector ? j : 0) * ns + (by_importer ? n : 0)) * is + (by_exporter ? i : 0);
        sums.value[place] += flows.at(j, n, i);
        sums.label[place].sector = by_sector ? j : all;
        sums.label[place].importer = by_importer ? n : all;
        sums.label[place].exporter = by_exporter ? i : all;
      }
    }
  }
  return sums;
}

}  // namespace

Agreement agreement_of(std::span<ChangePair const> pairs, Weighting weighting) {
  Agreement result;
  result.cells = pairs.size();
  auto const weight = [&](ChangePair const& pair) {
    return weighting == Weighting::equal ? 1.0 : pair.weight;
  };
  double total = 0, mean_x = 0, mean_y = 0, hits = 0, signed_weight = 0, error = 0, none = 0;
  for (auto const& pair : pairs) {
    auto const w = weight(pair);
    total += w;
    mean_x += w * pair.predicted;
    mean_y += w * pair.actual;
    error += w * (pair.predicted - pair.actual) * (pair.predicted - pair.actual);
    none += w * pair.actual * pair.actual;
    if (pair.predicted == 0 || pair.actual == 0) continue;
    signed_weight += w;
    if ((pair.predicted > 0) == (pair.actual > 0)) hits += w;
  }
  if (total <= 0) return result;
  mean_x /= total;
  mean_y /= total;
  result.error = std::sqrt(error / total);
  result.error_no_change = std::sqrt(none / total);
  if (none > 0) result.skill = 1 - error / none;
  if (signed_weight > 0) result.sign_hits = hits / signed_weight;
  double xx = 0, yy = 0, xy = 0;
  for (auto const& pair : pairs) {
    auto const w = weight(pair);
    auto const x = pair.predicted - mean_x;
    auto const y = pair.actual - mean_y;
    xx += w * x * x;
    yy += w * y * y;
    xy += w * x * y;
  }
  // What is left of equal numbers after rounding is no variation.
  auto const varies = [&](double squares, double mean) {
    return squares > 1e-24 * total * std::max(1e-6, mean * mean);
  };
  if (varies(xx, mean_x)) result.slope = xy / xx;
  if (varies(xx, mean_x) && varies(yy, mean_y)) result.correlation = xy / std::sqrt(xx * yy);
  return result;
}

Result<Comparison> compare_import_shares(FlowChange const& predicted, FlowChange const& seen,
                                         CellFilter const& filter) {
  if (auto const checked = check(predicted, seen, filter); !checked) return fail(checked.error());
  Comparison comparison;
  auto const N = seen.before.regions;
  Chosen const in{filter, seen.before};
  for (std::size_t j = 0; j < seen.before.sectors; ++j) {
    for (std::size_t n = 0; n < N; ++n) {
      if (in.sector[j] == 0 || in.importer[n] == 0) continue;
      auto const seen_before = imports(seen.before, j, n);
      auto const seen_after = imports(seen.after, j, n);
      auto const told_before = imports(predicted.before, j, n);
      auto const told_after = imports(predicted.after, j, n);
      for (std::size_t i = 0; i < N; ++i) {
        if (i == n || in.exporter[i] == 0) continue;
        auto const before = seen.before.at(j, n, i);
        if (before < filter.least_value || before < filter.least_share * seen_before) continue;
        auto const after = seen.after.at(j, n, i);
        auto const from = predicted.before.at(j, n, i);
        auto const to = predicted.after.at(j, n, i);
        if (!(before > 0 && after > 0 && from > 0 && to > 0)) {
          ++comparison.vanished;
          continue;
        }
        comparison.pairs.push_back(
            {j, n, i, std::log(to / from) - std::log(told_after / told_before),
             std::log(after / before) - std::log(seen_after / seen_before), before});
      }
    }
  }
  return comparison;
}

Result<Comparison> compare_flows(FlowChange const& predicted, FlowChange const& seen,
                                 FlowLevel level, CellFilter const& filter) {
  if (auto const checked = check(predicted, seen, filter); !checked) return fail(checked.error());
  Chosen const in{filter, seen.before};
  auto const before = sums_of(seen.before, level, in);
  auto const after = sums_of(seen.after, level, in);
  auto const from = sums_of(predicted.before, level, in);
  auto const to = sums_of(predicted.after, level, in);
  Comparison comparison;
  for (std::size_t p = 0; p < before.value.size(); ++p) {
    auto const& label = before.label[p];
    // Nobody's sum: left out by the filter, or a region with itself.
    if (label.sector == all && label.importer == all && label.exporter == all) continue;
    if (before.value[p] < filter.least_value) continue;
    if (!(before.value[p] > 0 && after.value[p] > 0 && from.value[p] > 0 && to.value[p] > 0)) {
      ++comparison.vanished;
      continue;
    }
    auto pair = label;
    pair.predicted = std::log(to.value[p] / from.value[p] / predicted.scale);
    pair.actual = std::log(after.value[p] / before.value[p] / seen.scale);
    pair.weight = before.value[p];
    comparison.pairs.push_back(pair);
  }
  return comparison;
}

std::vector<ChangePair> worst_misses(std::span<ChangePair const> pairs, std::size_t count) {
  std::vector<ChangePair> misses(pairs.begin(), pairs.end());
  std::stable_sort(misses.begin(), misses.end(), [](auto const& a, auto const& b) {
    return std::abs(a.predicted - a.actual) > std::abs(b.predicted - b.actual);
  });
  if (misses.size() > count) misses.resize(count);
  return misses;
}

}  // namespace linchpin::equilibrium
