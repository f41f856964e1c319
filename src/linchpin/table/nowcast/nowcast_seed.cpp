// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/nowcast/nowcast_seed.h"

#include <algorithm>
#include <numeric>

namespace linchpin::nowcasting {
namespace {

/// Use patterns of one importer: by product, over its industries and final use.
class Patterns {
 public:
  Patterns(Frame const& frame, SectorKey const& key, std::size_t importer)
      : frame_(frame),
        key_(key),
        importer_(importer),
        base_(frame.technology_of[importer]),
        foreign_(frame.groups, frame.groups + 1),
        all_(frame.groups, frame.groups + 1),
        use_(frame.groups + 1, 0.0) {
    for (std::size_t b = 0; b < frame.base_regions; ++b) {
      for (std::size_t k = 0; k < frame.groups; ++k) {
        read_use(b, k);
        for (std::size_t j = 0; j <= frame.groups; ++j) {
          all_(k, j) += use_[j];
          if (b != base_) foreign_(k, j) += use_[j];
        }
      }
    }
  }

  /// Each writes the pattern of product `t` to `to` and returns its sum.
  double bilateral(std::size_t exporter, std::size_t t, std::span<double> to) {
    if (frame_.own[exporter] == 0 && exporter != importer_) return 0;
    read_use(frame_.technology_of[exporter], frame_.group_of[t]);
    return expand(use_, t, to);
  }
  double pooled(std::size_t t, std::span<double> to) const {
    return expand(foreign_.row(frame_.group_of[t]), t, to);
  }
  double any(std::size_t t, std::span<double> to) const {
    double const sum = expand(all_.row(frame_.group_of[t]), t, to);
    if (sum > 0) return sum;
    return expand(frame_.world_use.row(frame_.group_of[t]), t, to);
  }
  /// Share of the world's use of product `t` that goes into industry `j`.
  [[nodiscard]] double world_share(std::size_t t, std::size_t j) const {
    auto const use = frame_.world_use.row(frame_.group_of[t]);
    double const total = std::accumulate(use.begin(), use.end(), 0.0);
    return total > 0 ? use[frame_.group_of[j]] * key_.inputs(t, j) / total : 0;
  }

 private:
  void read_use(std::size_t base_exporter, std::size_t group) {
    auto const row = frame_.base_row(base_exporter, group);
    for (std::size_t j = 0; j < frame_.groups; ++j) {
      use_[j] = frame_.Z(row, frame_.base_row(base_, j));
    }
    use_[frame_.groups] = frame_.final_use(row, base_);
  }

  /// Use by groups becomes use by sectors.
  double expand(std::span<double const> use, std::size_t t, std::span<double> to) const {
    auto const T = frame_.sectors.size();
    double sum = 0;
    for (std::size_t j = 0; j < T; ++j) {
      bool const produces = frame_.output(importer_, j) > 0;
      to[j] = produces ? use[frame_.group_of[j]] * key_.inputs(t, j) : 0;
      sum += to[j];
    }
    to[T] = use[frame_.groups] * key_.final_use[t];
    return sum + to[T];
  }

  Frame const& frame_;
  SectorKey const& key_;
  std::size_t importer_;
  std::size_t base_;
  DenseMatrix foreign_, all_;  // product group x (using groups, final use)
  DenseVector use_;
};

/// Industries that need inputs and have none to scale.
void fill_columns(Frame const& frame, Patterns const& patterns, std::size_t importer,
                  DenseVector const& inputs, Seed& seed) {
  auto const T = frame.sectors.size();
  DenseVector sums(T, 0.0);
  for (std::size_t i = 0; i < seed.matrix.rows(); ++i) {
    for (std::size_t j = 0; j < T; ++j) sums[j] += seed.matrix(i, j);
  }
  for (std::size_t j = 0; j < T; ++j) {
    if (sums[j] > 0 || inputs[j] <= 0) continue;
    seed.filled.push_back(j);
    for (std::size_t e = 0; e < frame.regions.size(); ++e) {
      auto const sales = frame.sales_to(e, importer);
      for (std::size_t t = 0; t < T; ++t) {
        seed.matrix(e * T + t, j) = sales[t] * patterns.world_share(t, j);
      }
    }
  }
}

}  // namespace

Seed make_seed(Frame const& frame, SectorKey const& key, std::size_t importer,
               DenseVector const& inputs) {
  auto const T = frame.sectors.size();
  Seed seed;
  seed.matrix = DenseMatrix(frame.regions.size() * T, T + 1);
  Patterns patterns(frame, key, importer);
  for (std::size_t e = 0; e < frame.regions.size(); ++e) {
    auto const sales = frame.sales_to(e, importer);
    bool const stranger = frame.own[e] == 0 && e != importer;
    for (std::size_t t = 0; t < T; ++t) {
      if (sales[t] <= 0) continue;
      ++seed.flows;
      auto const row = seed.matrix.row(e * T + t);
      double sum = patterns.bilateral(e, t, row);
      if (sum <= 0) {
        sum = patterns.pooled(t, row);
        if (sum > 0 && !stranger) {
          ++seed.pooled_flows;
          seed.pooled_value += sales[t];
        }
      }
      if (sum <= 0) {
        sum = patterns.any(t, row);
        ++seed.world_flows;
        seed.world_value += sales[t];
      }
      if (sum <= 0) {  // nobody's industries use it: final use
        row[T] = sum = 1;
      }
      for (auto& cell : row) cell *= sales[t] / sum;
    }
  }
  fill_columns(frame, patterns, importer, inputs, seed);
  return seed;
}

}  // namespace linchpin::nowcasting
