// SPDX-License-Identifier: Apache-2.0
#include "linchpin/disrupt/baseline.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "linchpin/disrupt/lane_kernels.h"

namespace linchpin::disrupt {
namespace {

constexpr int most_rounds = 10'000;
/// A deficit below this share of output is rounding, not a deficit.
constexpr double deficit_tolerance = 1e-12;

/// Final use by region without inventory changes and negative cells; what is left out is reported.
void keep_final_use(Economy const& economy, ProductRows const& rows, DenseMatrix& final_use,
                    BaselineReport& report) {
  auto const& labels = economy.table().labels;
  auto const categories = labels.categories.size();
  for (std::size_t row = 0; row < rows.size(); ++row) {
    auto const cells = economy.final_demand().row(IndustryId{rows.industry_of(row)});
    for (std::size_t r = 0; r < labels.regions.size(); ++r) {
      for (std::size_t c = 0; c < categories; ++c) {
        double const cell = cells[r * categories + c];
        if (labels.categories[c].inventory_change) {
          report.inventory_changes_moved += std::abs(cell);
        } else if (cell < 0) {
          report.negative_final_use_moved -= cell;
        } else {
          final_use(row, r) += cell;
        }
      }
    }
  }
}

/// Sums of rows and columns of Z as it is scaled; brought up to date without a fresh reading.
struct Sums {
  DenseVector output;  ///< by industry: sales to industries and final users
  DenseVector inputs;  ///< by industry: purchases, before scaling
};

Sums sum_up(Economy const& economy, ProductRows const& rows, DenseMatrix const& final_use) {
  auto const n = economy.size();
  Sums sums{DenseVector(n, 0.0), DenseVector(n, 0.0)};
  for (std::size_t i = 0; i < n; ++i) {
    auto const sales = economy.flows().row(IndustryId{i});
    for (std::size_t j = 0; j < n; ++j) {
      sums.output[i] += sales[j];
      sums.inputs[j] += sales[j];
    }
    for (double const use : final_use.row(rows.row_of(i))) sums.output[i] += use;
  }
  return sums;
}

/// Scales the inputs of `buyer` by `factor` and takes the lost sales from its suppliers.
void scale_inputs(Economy const& economy, std::size_t buyer, double factor, DenseVector& scale,
                  Sums& sums) {
  double const before = scale[buyer];
  scale[buyer] *= factor;
  for (std::size_t i = 0; i < sums.output.size(); ++i) {
    double const flow = economy.flows()(IndustryId{i}, IndustryId{buyer});
    sums.output[i] = std::max(0.0, sums.output[i] - flow * (before - scale[buyer]));
  }
}

/// Factors on the inputs of each industry so that none buys more than it sells.
Result<DenseVector> find_input_scale(Economy const& economy, Sums& sums) {
  auto const n = economy.size();
  DenseVector scale(n, 1.0);
  std::size_t worst = 0;
  for (int round = 0; round < most_rounds; ++round) {
    bool settled = true;
    for (std::size_t j = 0; j < n; ++j) {
      double const inputs = sums.inputs[j] * scale[j];
      if (inputs - sums.output[j] <= deficit_tolerance * inputs) continue;
      // An industry's purchases from itself are also its sales: both shrink by the same factor.
      double const own = economy.flows()(IndustryId{j}, IndustryId{j}) * scale[j];
      if (inputs - own <= deficit_tolerance * inputs) continue;  // buys from nobody else
      double const factor = std::max(0.0, (sums.output[j] - own) / (inputs - own));
      scale_inputs(economy, j, factor, scale, sums);
      settled = false;
      worst = j;
    }
    if (settled) return scale;
  }
  return fail(ErrorCode::not_converged,
              fmt::format("inputs still exceed output after {} rounds of scaling", most_rounds),
              economy.space().label(IndustryId{worst}),
              "its group of industries sells to nobody else: remove or aggregate it");
}

constexpr double sparse_below = 0.2;

/// The cells that are not zero, if reading only these is asked for or faster.
std::optional<CsrMatrix> sparse_flows(Economy const& economy, FlowStorage storage) {
  if (storage == FlowStorage::dense) return std::nullopt;
  auto const n = economy.size();
  std::size_t cells = 0;
  for (std::size_t i = 0; i < n; ++i) {
    for (double const flow : economy.flows().row(IndustryId{i})) cells += flow != 0 ? 1 : 0;
  }
  bool const few =
      static_cast<double>(cells) <= sparse_below * static_cast<double>(n) * static_cast<double>(n);
  if (storage == FlowStorage::automatic && !few) return std::nullopt;
  CsrMatrix sparse(n, n);
  sparse.column.reserve(cells);
  sparse.value.reserve(cells);
  for (std::size_t i = 0; i < n; ++i) {
    auto const flows = economy.flows().row(IndustryId{i});
    for (std::size_t j = 0; j < n; ++j) {
      if (flows[j] == 0) continue;
      sparse.column.push_back(static_cast<std::uint32_t>(j));
      sparse.value.push_back(flows[j]);
    }
    sparse.row_start[i + 1] = sparse.value.size();
  }
  return sparse;
}

/// Output as the daily kernel adds it up, and purchases of each product.
void sum_baseline(Economy const& economy, Baseline& baseline) {
  auto const n = economy.size();
  auto const& rows = baseline.rows;
  DenseVector inputs(n, 0.0);
  DenseVector const ones(n, 1.0);
  DenseVector partial;
  for (std::size_t p = 0; p < rows.products(); ++p) {
    auto const first = rows.first(p);
    auto const count = rows.last(p) - first;
    Rows const of{economy.flows().raw(), n, rows.industries(first, rows.last(p)),
                  baseline.sparse ? &*baseline.sparse : nullptr};
    partial.assign(count * partials, 0.0);
    add_orders(of, 0, n, baseline.input_scale.data(), 1, nullptr, partial.data());
    DenseVector sales(count, 0.0);
    sum_partials(partial.data(), count, 1, sales.data());
    for (std::size_t k = 0; k < count; ++k) {
      auto const uses = baseline.final_use.row(first + k);
      baseline.output[of.of[k]] = sales[k] + ordered_sum(uses.data(), uses.size());
    }
    auto const use = baseline.use.row(p);
    add_deliveries(of, 0, n, 1, ones.data(), use.data(), nullptr, nullptr);
    for (std::size_t j = 0; j < n; ++j) {
      baseline.bought[p * n + j] = use[j] > 0;
      inputs[j] += use[j] * baseline.input_scale[j];
      if (use[j] <= 0) use[j] = 1;
    }
  }
  for (std::size_t j = 0; j < n; ++j) {
    bool const scaled = baseline.input_scale[j] < 1;  // value added is zero by construction
    baseline.any_scaled = baseline.any_scaled || scaled;
    baseline.value_added[j] = scaled ? 0.0 : std::max(0.0, baseline.output[j] - inputs[j]);
  }
}

}  // namespace

double ordered_sum(double const* values, std::size_t count) noexcept {
  std::array<double, partials> sums{};
  for (std::size_t r = 0; r < count; ++r) sums[r % partials] += values[r];
  return ((sums[0] + sums[4]) + (sums[2] + sums[6])) + ((sums[1] + sums[5]) + (sums[3] + sums[7]));
}

Result<Baseline> make_baseline(Economy const& economy, FlowStorage storage) {
  auto const n = economy.size();
  Baseline baseline{ProductRows(economy.space()),
                    {},
                    false,
                    DenseMatrix(n, economy.space().regions()),
                    DenseVector(n, 0.0),
                    DenseVector(n, 0.0),
                    DenseMatrix(economy.space().sectors(), n),
                    std::vector<bool>(economy.space().sectors() * n, false),
                    sparse_flows(economy, storage),
                    {}};
  auto& report = baseline.report;
  keep_final_use(economy, baseline.rows, baseline.final_use, report);
  auto sums = sum_up(economy, baseline.rows, baseline.final_use);
  auto scale = find_input_scale(economy, sums);
  if (!scale) return fail(scale.error());
  baseline.input_scale = *std::move(scale);
  for (std::size_t j = 0; j < n; ++j) {
    if (baseline.input_scale[j] >= 1) continue;
    ++report.industries_scaled;
    report.inputs_scaled_away += sums.inputs[j] * (1 - baseline.input_scale[j]);
  }
  sum_baseline(economy, baseline);

  report.total_moved =
      report.inventory_changes_moved + report.negative_final_use_moved + report.inputs_scaled_away;
  double world_output = 0;
  for (double const output : economy.output().raw()) world_output += output;
  report.share_of_output = world_output > 0 ? report.total_moved / world_output : 0;
  return baseline;
}

}  // namespace linchpin::disrupt
