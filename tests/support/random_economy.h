// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "linchpin/core/random.h"
#include "linchpin/economy/economy.h"
#include "linchpin/table/table.h"
#include "support/fixtures.h"

namespace linchpin::test {

/// A made-up world with the look of a real one: few large and many small industries (log-normal
/// sizes), most inputs bought at home, foreign inputs from few suppliers, half of output value
/// added. The same options give the same table everywhere, bit for bit on one machine.
struct RandomWorld {
  std::size_t regions = 4;
  std::size_t sectors = 5;
  Seed seed;
  double domestic_share = 0.8;     ///< of each input, on average
  double value_added_share = 0.5;  ///< of output, on average; each industry within +-0.3
  double tail = 1.5;               ///< standard deviation of log sizes and log input weights
  double zero_share = 0.0;         ///< chance that an input cell is zero
  std::size_t zero_output = 0;     ///< industries without any flow (never the first)
  double inventory_change = 0.0;   ///< +- share of final demand booked as change in inventories
};

namespace detail {

/// The random draws of one world: sizes first, then A column by column, then final demand.
class WorldMaker {
 public:
  explicit WorldMaker(RandomWorld const& options)
      : options_(options),
        n_(options.regions * options.sectors),
        rng_(options.seed, 0),
        alive_(n_, true),
        region_size_(options.regions),
        sector_size_(options.sectors) {
    for (auto& size : region_size_) size = log_normal(options.tail);
    for (auto& size : sector_size_) size = log_normal(0.7 * options.tail);
    for (std::size_t k = 0; k < options.zero_output && n_ > 1; ++k) {
      alive_[1 + rng_.below(n_ - 1)] = false;
    }
  }

  Table make() {
    auto A = coefficients();
    DenseVector final_use(n_, 0.0);
    for (std::size_t i = 0; i < n_; ++i) {
      double const size = region_size_[region(i)] * sector_size_[sector(i)];
      final_use[i] = alive_[i] ? 1000.0 * size * log_normal(0.5) : 0.0;
    }
    auto const output = requirements(A, final_use);
    for (std::size_t i = 0; i < n_; ++i) {
      for (std::size_t j = 0; j < n_; ++j) A(i, j) *= output[j];
    }
    return balanced_table("random world", labels(), std::move(A), split(final_use));
  }

 private:
  double log_normal(double deviation) { return std::exp(deviation * rng_.normal()); }
  std::size_t region(std::size_t i) const { return i / options_.sectors; }
  std::size_t sector(std::size_t i) const { return i % options_.sectors; }

  TableLabels labels() const {
    std::vector<std::string> regions, sectors;
    for (std::size_t r = 0; r < options_.regions; ++r) regions.push_back(fmt::format("R{}", r));
    for (std::size_t s = 0; s < options_.sectors; ++s) sectors.push_back(fmt::format("s{}", s));
    auto result = full_labels(regions, sectors);
    // The upper half of the sectors are services, as in classifications by economic activity.
    for (std::size_t s = (options_.sectors + 1) / 2; s < options_.sectors; ++s) {
      result.sectors[s].service = true;
    }
    if (options_.inventory_change > 0) {
      result.categories.push_back({"INV", "Changes in inventories", true});
    }
    return result;
  }

  /// A with columns that sum to one minus the share of value added.
  DenseMatrix coefficients() {
    DenseMatrix A(n_, n_);
    DenseVector column(n_);
    for (std::size_t j = 0; j < n_; ++j) {
      double const spread = 0.6 * (rng_.uniform() - 0.5);
      double const kept = std::clamp(options_.value_added_share + spread, 0.05, 0.95);
      double const sum = draw_column(j, column);
      if (!alive_[j] || sum == 0) continue;
      for (std::size_t i = 0; i < n_; ++i) A(i, j) = (1 - kept) * column[i] / sum;
    }
    return A;
  }

  /// Relative weights of the suppliers of industry j; returns their sum.
  double draw_column(std::size_t j, DenseVector& column) {
    std::fill(column.begin(), column.end(), 0.0);
    double sum = 0;
    for (std::size_t s = 0; s < options_.sectors; ++s) {
      double const input = sector_size_[s] * log_normal(options_.tail);
      double const home = std::clamp(options_.domestic_share + 0.15 * rng_.normal(), 0.0, 1.0);
      DenseVector weight(options_.regions, 0.0);
      double abroad = 0;
      for (std::size_t r = 0; r < options_.regions; ++r) {
        bool const none = rng_.uniform() < options_.zero_share;
        if (none || r == region(j)) continue;
        weight[r] = region_size_[r] * log_normal(options_.tail);
        abroad += weight[r];
      }
      for (std::size_t r = 0; r < options_.regions; ++r) {
        auto const i = r * options_.sectors + s;
        if (!alive_[i]) continue;
        double const share =
            r == region(j) ? home : (abroad > 0 ? (1 - home) * weight[r] / abroad : 0);
        column[i] = input * share;
        sum += column[i];
      }
    }
    return sum;
  }

  /// x = A x + f by repeated rounds of orders; column sums of A are at most 0.95.
  DenseVector requirements(DenseMatrix const& A, DenseVector const& final_use) const {
    DenseVector output = final_use, next(n_);
    for (int round = 0; round < 1000; ++round) {
      double change = 0, total = 0;
      for (std::size_t i = 0; i < n_; ++i) {
        double sum = final_use[i];
        auto const row = A.row(i);
        for (std::size_t j = 0; j < n_; ++j) sum += row[j] * output[j];
        change += std::abs(sum - output[i]);
        total += sum;
        next[i] = sum;
      }
      output.swap(next);
      if (change < 1e-14 * total) break;
    }
    return output;
  }

  /// Final demand over buying regions (home first) and, if asked for, changes in inventories.
  DenseMatrix split(DenseVector const& final_use) {
    std::size_t const categories = options_.inventory_change > 0 ? 2 : 1;
    DenseMatrix Y(n_, options_.regions * categories);
    double const world = [&] {
      double sum = 0;
      for (double const size : region_size_) sum += size;
      return sum;
    }();
    for (std::size_t i = 0; i < n_; ++i) {
      double const home = options_.regions == 1 ? 1.0 : options_.domestic_share;
      double const others = world - region_size_[region(i)];
      for (std::size_t r = 0; r < options_.regions; ++r) {
        double const share = r == region(i) ? home : (1 - home) * region_size_[r] / others;
        double const use = final_use[i] * share;
        double const stocked =
            categories == 2 ? options_.inventory_change * use * (2 * rng_.uniform() - 1) : 0;
        Y(i, r * categories) = use - stocked;
        if (categories == 2) Y(i, r * categories + 1) = stocked;
      }
    }
    return Y;
  }

  RandomWorld const& options_;
  std::size_t n_;
  Rng rng_;
  std::vector<bool> alive_;
  std::vector<double> region_size_;
  std::vector<double> sector_size_;
};

}  // namespace detail

/// A balanced table of the made-up world: output = row sums, one row of value added, positive
/// except in industries without output.
inline Table random_table(RandomWorld const& options) { return detail::WorldMaker(options).make(); }

/// The same as an economy. Throws (and so fails the test) if the table were refused.
inline Economy random_economy(RandomWorld const& options) {
  auto economy = Economy::make(random_table(options));
  if (!economy) throw std::runtime_error(economy.error().what + " at " + economy.error().where);
  return *std::move(economy);
}

}  // namespace linchpin::test
