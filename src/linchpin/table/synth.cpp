// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/synth.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "linchpin/core/byte_count.h"
#include "linchpin/core/parallel.h"
#include "linchpin/table/synth_draws.h"

namespace linchpin {
namespace synthesis {
namespace {

constexpr std::size_t categories = 4;
constexpr double world_final_demand = 1e8;  // about that of the world in USD million

struct Category {
  char const* label;
  char const* name;
  double share;  // of final demand
  double goods;  // weight of goods beside services
};
constexpr Category kinds[categories] = {{"HH", "Final consumption of households", 0.58, 1.0},
                                        {"GOV", "Final consumption of government", 0.18, 0.1},
                                        {"GFCF", "Gross fixed capital formation", 0.24, 1.5},
                                        {"INV", "Changes in inventories", 0.0, 0.0}};
constexpr std::size_t inventories = 3;

class Maker {
 public:
  Maker(SynthesisOptions const& options, RunControl const& control)
      : options_(options),
        control_(control),
        G_(options.regions),
        S_(options.sectors),
        n_(G_ * S_),
        draws_(draw(options)) {
    quiet_.threads = control.threads;
    quiet_.cancel = control.cancel;
    auto const tiles = std::clamp<std::size_t>(n_ * n_ / 65'536, 1, 64);
    for (std::size_t t = 0; t <= tiles; ++t) bounds_.push_back(t * n_ / tiles);
  }

  Result<Table> make() {
    Table table;
    table.labels = labels();
    table.info = info();
    table.Z = FlowMatrix(n_, n_);
    if (auto const done = draw_coefficients(table.Z.dense()); !done) return fail(done.error());
    table.Y = final_demand();
    auto const output = requirements(table.Z.dense(), table.Y);
    if (!output) return fail(output.error());
    if (auto const done = finish(table, *output); !done) return fail(done.error());
    return table;
  }

 private:
  [[nodiscard]] TableLabels labels() const {
    TableLabels labels;
    auto const digits = [](std::size_t count) { return fmt::format("{}", count).size(); };
    for (std::size_t r = 0; r < G_; ++r) {
      auto const label = fmt::format("R{:0{}}", r + 1, digits(G_));
      labels.regions.push_back({label, fmt::format("Region {}", r + 1), {}});
    }
    for (std::size_t s = 0; s < S_; ++s) {
      auto const label = fmt::format("s{:0{}}", s + 1, digits(S_));
      bool const service = 2 * s >= S_;
      labels.sectors.push_back(
          {label, fmt::format("{} {}", service ? "Service" : "Product", s + 1), service});
    }
    for (std::size_t r = 0; r < G_; ++r) {
      for (std::size_t s = 0; s < S_; ++s) labels.industries.push_back({RegionId{r}, SectorId{s}});
    }
    for (std::size_t c = 0; c < categories; ++c) {
      labels.categories.push_back({kinds[c].label, kinds[c].name, c == inventories});
    }
    labels.value_added_rows = {"VA"};
    return labels;
  }

  [[nodiscard]] TableInfo info() const {
    TableInfo info;
    info.title = fmt::format("made-up world of {} regions and {} sectors", G_, S_);
    info.unit = {"USD", 1e6};
    info.price_basis = "none: made up";
    info.source = "Linchpin, random numbers; describes no real economy";
    info.licence = "CC0-1.0";
    info.history = fmt::format(
        "drawn with seed {}: domestic share {:g}, value-added share {:g}, zero share {:g}, "
        "inventory "
        "share {:g}",
        options_.seed.value(), options_.domestic_share, options_.value_added_share,
        options_.zero_share, options_.inventory_share);
    info.estimated = true;
    return info;
  }

  /// Weight of product s of region e for a buyer in region r, before the buyer's technology.
  [[nodiscard]] double share(std::size_t s, std::size_t e, std::size_t r) const {
    double const home = draws_.home(r, s);
    return e == r ? home : (1 - home) * draws_.trade[(s * G_ + r) * G_ + e];
  }

  /// Coefficients row by row, then columns are scaled to one less the share of value added.
  Result<void> draw_coefficients(DenseMatrix& A) {
    constexpr double cell_deviation = 0.5;
    std::vector<DenseVector> sums(bounds_.size() - 1);
    auto done = parallel_for(sums.size(), control_, "draw", [&](std::size_t tile) {
      sums[tile].assign(n_, 0.0);
      for (auto i = bounds_[tile]; i < bounds_[tile + 1]; ++i) {
        auto rng = stream(options_.seed, cell_streams, i);
        auto const s = i % S_, e = i / S_;
        auto const row = A.row(i);
        for (std::size_t r = 0; r < G_; ++r) {
          double const weight = share(s, e, r);
          for (std::size_t t = 0; t < S_; ++t) {
            double const luck = log_normal(rng, cell_deviation);
            row[r * S_ + t] = weight * draws_.technology(s, t) * luck;
            sums[tile][r * S_ + t] += row[r * S_ + t];
          }
        }
      }
    });
    if (!done) return done;
    DenseVector scale(n_, 0.0);
    for (auto const& sum : sums) {
      for (std::size_t j = 0; j < n_; ++j) scale[j] += sum[j];
    }
    for (std::size_t j = 0; j < n_; ++j)
      scale[j] = scale[j] > 0 ? (1 - draws_.kept[j]) / scale[j] : 0;
    return scale_columns(A, scale);
  }

  Result<void> scale_columns(DenseMatrix& matrix, DenseVector const& scale) {
    return parallel_for(bounds_.size() - 1, quiet_, "draw", [&](std::size_t tile) {
      for (auto i = bounds_[tile]; i < bounds_[tile + 1]; ++i) {
        auto const row = matrix.row(i);
        for (std::size_t j = 0; j < n_; ++j) row[j] *= scale[j];
      }
    });
  }

  /// Final demand by buyer: products by size, sellers as for inputs, inventories of either sign.
  [[nodiscard]] DenseMatrix final_demand() const {
    constexpr double use_deviation = 0.4;
    DenseMatrix Y(n_, G_ * categories);
    double world = 0;
    for (std::size_t i = 0; i < n_; ++i) {
      auto rng = stream(options_.seed, final_streams, i);
      auto const s = i % S_, e = i / S_;
      bool const service = 2 * s >= S_;
      for (std::size_t r = 0; r < G_; ++r) {
        auto* const cells = Y.row(i).data() + r * categories;
        double used = 0;
        for (std::size_t c = 0; c < categories; ++c) {
          double const luck = log_normal(rng, use_deviation);
          cells[c] = share(s, e, r) * draws_.region_size[r] * draws_.sector_size[s] *
                     kinds[c].share * (service ? 1.0 : kinds[c].goods) * luck;
          used += cells[c];
        }
        // Services cannot be stored.
        double const change = service ? 0.0 : 2 * rng.uniform() - 1;
        cells[inventories] = options_.inventory_share * used * change;
        world += used;
      }
    }
    for (double& cell : Y.values()) cell *= world_final_demand / world;
    return Y;
  }

  /// x = A x + f by rounds of orders. It need not be exact: output is the row sum in the end.
  Result<DenseVector> requirements(DenseMatrix const& A, DenseMatrix const& Y) {
    DenseVector f(n_, 0.0), x(n_, 0.0), next(n_, 0.0);
    for (std::size_t i = 0; i < n_; ++i) {
      for (double const use : Y.row(i)) f[i] += use;
      x[i] = f[i] / options_.value_added_share;
    }
    constexpr int most_rounds = 200;
    constexpr double close_enough = 1e-7;
    for (int round = 0; round < most_rounds; ++round) {
      auto const done = parallel_for(bounds_.size() - 1, quiet_, "draw", [&](std::size_t tile) {
        for (auto i = bounds_[tile]; i < bounds_[tile + 1]; ++i) {
          auto const* const row = A.data() + i * n_;
          double a = 0, b = 0, c = 0, d = 0;
          std::size_t j = 0;
          for (; j + 4 <= n_; j += 4) {
            a += row[j] * x[j];
            b += row[j + 1] * x[j + 1];
            c += row[j + 2] * x[j + 2];
            d += row[j + 3] * x[j + 3];
          }
          for (; j < n_; ++j) a += row[j] * x[j];
          next[i] = f[i] + (a + b) + (c + d);
        }
      });
      if (!done) return fail(done.error());
      double change = 0, total = 0;
      for (std::size_t i = 0; i < n_; ++i) {
        change += std::abs(next[i] - x[i]);
        total += next[i];
      }
      x.swap(next);
      if (change < close_enough * total) break;
    }
    return x;
  }

  /// Flows from coefficients; output is the row sum and value added what the columns leave.
  Result<void> finish(Table& table, DenseVector const& output) {
    if (auto const done = scale_columns(table.Z.dense(), output); !done) return done;
    table.output.assign(n_, 0.0);
    DenseVector inputs(n_, 0.0);
    for (std::size_t i = 0; i < n_; ++i) {
      auto const row = std::as_const(table.Z).row(i);
      double sum = 0;
      for (std::size_t j = 0; j < n_; ++j) {
        sum += row[j];
        inputs[j] += row[j];
      }
      for (double const use : table.Y.row(i)) sum += use;
      table.output[i] = sum;
    }
    table.value_added = DenseMatrix(1, n_);
    for (std::size_t j = 0; j < n_; ++j) table.value_added(0, j) = table.output[j] - inputs[j];
    return {};
  }

  SynthesisOptions const& options_;
  RunControl const& control_;
  RunControl quiet_;
  std::size_t G_, S_, n_;
  Draws draws_;
  std::vector<std::size_t> bounds_;  // tiles of rows, the same for any number of threads
};

Result<void> check(SynthesisOptions const& options) {
  ErrorList errors;
  auto const range = [&](char const* name, double value, double least, double most) {
    if (value >= least && value <= most) return;
    errors.add(ErrorCode::bad_value, fmt::format("the {} is {:g}", name, value), "options",
               fmt::format("give a number from {:g} to {:g}", least, most));
  };
  constexpr double most_labels = 100'000;
  range("number of regions", static_cast<double>(options.regions), 1, most_labels);
  range("number of sectors", static_cast<double>(options.sectors), 1, most_labels);
  range("domestic share", options.domestic_share, 0, 1);
  range("value-added share", options.value_added_share, 0.1, 0.9);
  range("zero share", options.zero_share, 0, 1);
  range("inventory share", options.inventory_share, 0, 0.2);
  if (!errors.empty()) return fail(errors.joined());
  auto const n = options.regions * options.sectors;
  auto const needed = sizeof(double) * n * (n + options.regions * (categories + 1));  // Z, Y, trade
  if (needed <= options.memory_limit) return {};
  return fail(ErrorCode::too_large,
              fmt::format("{} industries would need {}, more than {}", n,
                          byte_count(static_cast<double>(needed)),
                          byte_count(static_cast<double>(options.memory_limit))),
              "options", "ask for fewer regions or sectors");
}

}  // namespace
}  // namespace synthesis

Result<Table> synthesise_world(SynthesisOptions const& options, RunControl const& control) {
  if (auto const fine = synthesis::check(options); !fine) return fail(fine.error());
  return synthesis::Maker(options, control).make();
}

}  // namespace linchpin
