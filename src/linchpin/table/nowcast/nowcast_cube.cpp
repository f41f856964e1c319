// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/nowcast/nowcast_cube.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>

namespace linchpin::nowcasting {
namespace {

using Targets = std::vector<std::size_t>;

/// Sums of a group's purchases by one importer over sources chosen by `takes`.
double bought(Frame const& frame, std::size_t group, std::size_t importer,
              std::function<bool(std::size_t)> const& takes) {
  double sum = 0;
  for (std::size_t b = 0; b < frame.base_regions; ++b) {
    if (takes(b)) sum += frame.purchases(frame.base_row(b, group), importer);
  }
  return sum;
}

/// Shares of `targets` in one flow, by the first source of structure that is not empty.
DenseVector split_shares(Frame const& frame, Targets const& targets, std::size_t exporter,
                         std::size_t importer) {
  auto const R = frame.technology_of[importer];
  auto const from = frame.technology_of[exporter];
  bool const bilateral = frame.own[exporter] != 0 || exporter == importer;
  std::vector<std::function<double(std::size_t)>> sources;
  if (bilateral) {
    sources.emplace_back(
        [&](std::size_t k) { return frame.purchases(frame.base_row(from, k), R); });
  }
  sources.emplace_back(
      [&](std::size_t k) { return bought(frame, k, R, [R](std::size_t b) { return b != R; }); });
  sources.emplace_back(
      [&](std::size_t k) { return bought(frame, k, R, [](std::size_t) { return true; }); });
  sources.emplace_back([&](std::size_t k) {
    auto const use = frame.world_use.row(k);
    double sum = 0;
    for (double const each : use) sum += each;
    return sum;
  });
  for (auto const& source : sources) {
    DenseVector shares;
    double total = 0;
    for (auto const target : targets) {
      shares.push_back(source(frame.group_of[target]));
      total += shares.back();
    }
    if (total <= 0) continue;
    for (auto& share : shares) share /= total;
    return shares;
  }
  return {};
}

/// Sectors of the result of each sector of the cube.
Result<std::vector<Targets>> targets_of(TradeCube const& cube, Concordance const& sectors,
                                        Frame const& frame) {
  auto const from = find_labels(cube.sectors, sectors.from, "sector", sectors.file);
  if (!from) return fail(from.error());
  if (auto const known =
          find_labels(sectors.from, cube.sectors, "sector of the cube", sectors.file);
      !known) {
    return fail(known.error());
  }
  std::vector<Targets> result;
  ErrorList errors;
  for (std::size_t s = 0; s < cube.sectors.size(); ++s) {
    result.push_back(sectors.targets_of((*from)[s]));
    std::set<std::size_t> groups;
    for (auto const target : result.back()) {
      if (groups.insert(frame.group_of[target]).second) continue;
      errors.add(
          ErrorCode::bad_value,
          fmt::format("the base table cannot split cube sector '{}': '{}' and another sector "
                      "of the result come from the same sectors of it",
                      cube.sectors[s], frame.sectors[target]),
          sectors.file, "map both to one sector of the result");
    }
  }
  if (!errors.empty()) return fail(errors.joined());
  return result;
}

}  // namespace

Result<void> spread_cube(TradeCube const& cube, Concordance const& sectors, Frame& frame) {
  auto const targets = targets_of(cube, sectors, frame);
  if (!targets) return fail(targets.error());
  auto const G = frame.regions.size();
  auto const T = frame.sectors.size();
  frame.sales.assign(G * G * T, 0.0);
  frame.output = DenseMatrix(G, T);
  frame.absorption = DenseMatrix(G, T);
  for (std::size_t e = 0; e < G; ++e) {
    for (std::size_t r = 0; r < G; ++r) {
      auto const to = std::span{frame.sales}.subspan((e * G + r) * T, T);
      for (std::size_t s = 0; s < cube.sectors.size(); ++s) {
        double const value = cube.value(e, r, s);
        auto const& parts = (*targets)[s];
        if (parts.size() == 1) {
          to[parts.front()] += value;
        } else if (value > 0) {
          auto const shares = split_shares(frame, parts, e, r);
          if (shares.empty()) {
            return fail(ErrorCode::missing_value, "nothing is known to split this sector by",
                        cube.sectors[s], "map it to one sector of the result");
          }
          for (std::size_t k = 0; k < parts.size(); ++k) to[parts[k]] += value * shares[k];
        }
      }
      for (std::size_t t = 0; t < T; ++t) {
        frame.output(e, t) += to[t];
        frame.absorption(r, t) += to[t];
      }
    }
  }
  return {};
}

}  // namespace linchpin::nowcasting
