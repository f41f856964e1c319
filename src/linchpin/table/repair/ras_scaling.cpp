// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/repair/ras_scaling.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "linchpin/core/parallel.h"
#include "linchpin/table/repair/ras_cells.h"
#include "linchpin/table/repair/ras_messages.h"
#include "linchpin/table/repair/ras_obstruction.h"

namespace linchpin::scaling {
namespace {

constexpr std::size_t first_checkpoint = 16;  // then at twice, four times … as many steps
constexpr double slow = 0.25;                 // error left since the last checkpoint
constexpr double stuck = 0.9;
constexpr double rounding_floor = 1e-10;  // a scaling stuck below this has met its targets

/// Distance of a sum from its target, beside the sizes of the cells.
double relative_error(double gains, double losses, double target) {
  double const size = std::max(gains + losses, std::abs(target));
  return size > 0 ? std::abs(gains - losses - target) / size : 0.0;
}

template <class Cells>
class Scaling {
 public:
  Scaling(Cells cells, Signs signs, std::span<double const> rows, std::span<double const> columns,
          ScalingOptions const& options, RunControl const& control)
      : cells_(std::move(cells)),
        both_(signs == Signs::both),
        given_rows_(rows),
        given_columns_(columns),
        options_(options),
        control_(control),
        r_(cells_.rows()),
        s_(cells_.columns()),
        sums_(cells_.bounds().size() - 1) {
    quiet_.threads = control.threads;
    quiet_.cancel = control.cancel;
    for (auto& sums : sums_) {
      sums.positive.resize(cells_.columns());
      if (both_) sums.negative.resize(cells_.columns());
    }
  }

  Result<ScalingReport> run() {
    if (auto const fine = check(); !fine) return fail(fine.error());
    if (auto const fine = prepare(); !fine) return fail(fine.error());
    if (auto const done = iterate(); !done) {
      restore();
      return fail(done.error());
    }
    if (auto const done = apply(); !done) return fail(done.error());
    report_.emptied_cells += emptied_.size();
    report_.r = std::move(r_.value);
    report_.s = std::move(s_.value);
    return std::move(report_);
  }

 private:
  Result<void> check() {
    auto fine = check_targets(cells_.rows(), cells_.columns(), both_, given_rows_, given_columns_,
                              options_.names);
    if (!fine) return fine;
    std::vector<char> bad(sums_.size(), 0);
    auto const done = parallel_for(sums_.size(), quiet_, "balance", [&](std::size_t tile) {
      bool wrong = false;
      for (auto i = cells_.bounds()[tile]; i < cells_.bounds()[tile + 1]; ++i) {
        cells_.for_each(i, [&](std::size_t, double value) {
          wrong = wrong || !std::isfinite(value) || (!both_ && value < 0);
        });
      }
      bad[tile] = wrong;
    });
    if (!done) return done;
    ErrorList errors;
    for (std::size_t tile = 0; tile < bad.size(); ++tile) {
      if (bad[tile]) name_bad_cells(tile, errors);
    }
    if (!errors.empty()) return fail(errors.joined());
    return {};
  }

  void name_bad_cells(std::size_t tile, ErrorList& errors) {
    for (auto i = cells_.bounds()[tile]; i < cells_.bounds()[tile + 1]; ++i) {
      cells_.for_each(i, [&](std::size_t j, double value) {
        if (std::isfinite(value) && (both_ || value >= 0)) return;
        if (errors.size() < most_named) errors.add(bad_cell(i, j, value, options_.names));
      });
    }
  }

  /// Closes lines that become empty, refuses what cannot be met, and makes the totals of each
  /// component equal to the last bit, so that rounded targets cannot stall the scaling.
  Result<void> prepare() {
    problem_.rows.assign(given_rows_.begin(), given_rows_.end());
    problem_.columns.assign(given_columns_.begin(), given_columns_.end());
    auto const hopeless = close_lines(cells_, problem_);
    if (!hopeless.empty()) return fail(describe_hopeless(hopeless, options_.names));
    ErrorList errors;
    auto const parts = components(cells_, problem_);
    for (auto const& part : parts) {
      report_.total_gap = std::max(report_.total_gap, part.gap());
      if (part.gap() > options_.total_tolerance && errors.size() < most_named) {
        errors.add(describe_totals(part, parts.size() == 1, options_.names));
      }
      share_gap(part);
    }
    if (!errors.empty()) return fail(errors.joined());
    for (std::size_t i = 0; i < cells_.rows(); ++i) {
      if (!problem_.row_open[i]) r_.set(i, {});
    }
    for (std::size_t j = 0; j < cells_.columns(); ++j) {
      if (!problem_.column_open[j]) s_.set(j, {});
    }
    return {};
  }

  /// Adds the gap of the totals to the column targets in proportion to their sizes.
  void share_gap(Component const& part) {
    double size = 0;
    for (auto const j : part.columns) size += std::abs(problem_.columns[j]);
    if (size == 0) return;
    double const share = (part.row_total - part.column_total) / size;
    for (auto const j : part.columns) problem_.columns[j] += share * std::abs(problem_.columns[j]);
  }

  /// One pass over the cells: r from s, and the column sums that s is corrected by.
  Result<void> step_rows() {
    return parallel_for(sums_.size(), quiet_, "balance", [&](std::size_t tile) {
      auto& sums = sums_[tile];
      std::fill(sums.positive.begin(), sums.positive.end(), 0.0);
      std::fill(sums.negative.begin(), sums.negative.end(), 0.0);
      if (both_) {
        cells_.signed_step(tile, problem_.rows, s_, r_, sums);
      } else {
        cells_.step(tile, problem_.rows, s_, r_, sums);
      }
    });
  }

  /// Adds up the tiles in their order.
  void add_tiles() {
    for (std::size_t t = 1; t < sums_.size(); ++t) {
      auto const add = [](DenseVector& to, DenseVector const& from) {
        for (std::size_t j = 0; j < from.size(); ++j) to[j] += from[j];
      };
      add(sums_.front().positive, sums_[t].positive);
      add(sums_.front().negative, sums_[t].negative);
    }
  }
  [[nodiscard]] double gains(std::size_t j) const { return sums_.front().positive[j]; }
  [[nodiscard]] double losses(std::size_t j) const {
    return both_ ? sums_.front().negative[j] : 0.0;
  }

  /// Largest error of the columns while the rows are exact.
  [[nodiscard]] double column_error() const {
    double worst = 0;
    for (std::size_t j = 0; j < cells_.columns(); ++j) {
      double const error =
          relative_error(gains(j) * s_.value[j], losses(j) * s_.inverse[j], problem_.columns[j]);
      if (!(error <= worst)) worst = error;  // NaN stays
    }
    return worst;
  }

  Result<void> step_columns() {
    for (std::size_t j = 0; j < cells_.columns(); ++j) {
      if (problem_.column_open[j]) {
        s_.set(j, solve_multiplier(problem_.columns[j], gains(j), losses(j)));
      }
    }
    return check_multipliers(false, s_.value, problem_.columns);
  }

  /// A line may lose its last cell of the right sign when others are emptied.
  Result<void> check_multipliers(bool is_row, DenseVector const& values,
                                 DenseVector const& targets) const {
    std::vector<HopelessLine> hopeless;
    for (std::size_t k = 0; k < values.size(); ++k) {
      if (values[k] < 0) hopeless.push_back({is_row, k, targets[k], false});
    }
    if (hopeless.empty()) return {};
    return fail(describe_hopeless(hopeless, options_.names));
  }

  Result<void> iterate() {
    double at_checkpoint = HUGE_VAL;
    std::size_t checkpoint = first_checkpoint;
    DenseVector r_then = r_.value;
    for (std::size_t step = 1; step <= options_.most_iterations; ++step) {
      if (auto const done = step_rows(); !done) return done;
      if (auto fine = check_multipliers(true, r_.value, problem_.rows); !fine) return fine;
      add_tiles();
      double const error = column_error();
      report_.iterations = step;
      report_progress(error);
      if (error <= options_.tolerance) return {};
      bool const lost = !std::isfinite(error);
      if (step == checkpoint || lost) {
        if (error <= rounding_floor && error > stuck * at_checkpoint) return {};
        if (lost || error > slow * at_checkpoint) {
          auto const emptied = look_for_obstruction(r_then);
          if (!emptied) return fail(emptied.error());
          if (lost) return fail(describe_unfinished(step, last_error_, options_.names));
          if (*emptied) continue;  // with fewer cells, from the rows on
        }
        at_checkpoint = error;
        checkpoint *= 2;
        r_then = r_.value;
      }
      last_error_ = error;
      if (auto fine = step_columns(); !fine) return fine;
    }
    return fail(describe_unfinished(options_.most_iterations, last_error_, options_.names));
  }

  void report_progress(double error) const {
    if (!control_.progress) return;
    constexpr double digits = 100;
    double const reached = error > 0 ? std::log(error) / std::log(options_.tolerance) : 1.0;
    control_.report("balance", static_cast<std::size_t>(digits * std::clamp(reached, 0.0, 1.0)),
                    static_cast<std::size_t>(digits));
  }

  /// True if cells were emptied and the scaling may go on.
  Result<bool> look_for_obstruction(DenseVector const& r_then) {
    DenseVector growth(cells_.rows(), 0.0);
    for (std::size_t i = 0; i < growth.size(); ++i) {
      if (!(r_.value[i] > 0) || !(r_then[i] > 0)) continue;
      growth[i] = std::log(r_.value[i] / r_then[i]);
      if (!std::isfinite(growth[i])) growth[i] = 0;
    }
    auto const obstruction = find_obstruction(cells_, problem_, growth);
    if (obstruction.violated) {
      return fail(describe_set(*obstruction.violated, both_, options_.names));
    }
    std::size_t next = 0;
    auto const& forced = obstruction.forced_zeros;  // row by row
    for (std::size_t i = 0; i < cells_.rows() && next < forced.size(); ++i) {
      cells_.for_each(i, [&](std::size_t j, double& value) {
        if (next == forced.size() || forced[next] != std::pair{i, j}) return;
        emptied_.push_back({&value, value});
        value = 0;
        ++next;
      });
    }
    return next > 0;
  }

  void restore() {
    for (auto const& [place, value] : emptied_) *place = value;
  }

  /// Writes the scaled cells and measures the margins they have.
  Result<void> apply() {
    std::vector<double> row_errors(sums_.size(), 0.0);
    std::vector<std::size_t> emptied(sums_.size(), 0);
    quiet_.cancel = {};  // from here on the matrix changes: all of it or nothing
    auto done = parallel_for(sums_.size(), quiet_, "balance", [&](std::size_t tile) {
      auto& sums = sums_[tile];
      std::fill(sums.positive.begin(), sums.positive.end(), 0.0);
      std::fill(sums.negative.begin(), sums.negative.end(), 0.0);
      for (auto i = cells_.bounds()[tile]; i < cells_.bounds()[tile + 1]; ++i) {
        double gained = 0, lost = 0;
        cells_.for_each(i, [&](std::size_t j, double& value) {
          value *= value > 0 ? r_.value[i] * s_.value[j] : r_.inverse[i] * s_.inverse[j];
          (value > 0 ? gained : lost) += std::abs(value);
          if (value > 0) sums.positive[j] += value;
          if (value < 0) sums.negative[j] -= value;
          if (value == 0) ++emptied[tile];
        });
        row_errors[tile] = std::max(row_errors[tile], relative_error(gained, lost, given_rows_[i]));
      }
    });
    if (!done) return done;
    add_tiles();
    report_.row_error = *std::max_element(row_errors.begin(), row_errors.end());
    for (auto const count : emptied) report_.emptied_cells += count;
    for (std::size_t j = 0; j < cells_.columns(); ++j) {
      report_.column_error =
          std::max(report_.column_error, relative_error(gains(j), losses(j), given_columns_[j]));
    }
    return {};
  }

  struct Emptied {
    double* place;
    double value;
  };

  Cells cells_;
  bool both_;
  std::span<double const> given_rows_, given_columns_;
  ScalingOptions const& options_;
  RunControl const& control_;
  RunControl quiet_;
  Problem problem_;
  Multipliers r_, s_;
  std::vector<ColumnSums> sums_;  // one per tile
  std::vector<Emptied> emptied_;
  double last_error_ = HUGE_VAL;
  ScalingReport report_;
};

}  // namespace

Result<ScalingReport> scale(DenseMatrix& matrix, Signs signs, std::span<double const> rows,
                            std::span<double const> columns, ScalingOptions const& options,
                            RunControl const& control) {
  return Scaling(DenseCells(matrix), signs, rows, columns, options, control).run();
}

Result<ScalingReport> scale(CsrMatrix& matrix, Signs signs, std::span<double const> rows,
                            std::span<double const> columns, ScalingOptions const& options,
                            RunControl const& control) {
  return Scaling(SparseCells(matrix), signs, rows, columns, options, control).run();
}

}  // namespace linchpin::scaling
