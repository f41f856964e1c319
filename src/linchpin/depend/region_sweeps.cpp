// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/region_sweeps.h"

#include <cblas.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "linchpin/core/blas.h"
#include "linchpin/core/parallel.h"
#include "linchpin/depend/lu.h"

namespace linchpin::depend {
namespace {

constexpr std::size_t block_width = 32;  // right-hand sides that are iterated together
constexpr int most_sweeps = 2000;  // a table of the world takes 10 to 30
// A solution this many times its right-hand side: the pivots of `factorise` would count as zero.
constexpr double diverged = 1e12;
// A chain of changes shrinks by about the share of inputs that cross borders; the tail behind a
// change this small is below the tolerance.
constexpr double change_margin = 0.1;

int as_int(std::size_t value) { return static_cast<int>(value); }

/// One direction of the iteration, for a block of right-hand sides in a buffer of its own.
struct Sweep {
  Economy const& economy;
  std::span<double const> inverse_output;
  std::vector<DenseMatrix> const& factors;

  [[nodiscard]] std::size_t n() const { return economy.size(); }
  [[nodiscard]] std::size_t first(std::size_t region) const {
    return economy.space().first_of(RegionId{region}).index();
  }
  [[nodiscard]] std::size_t last(std::size_t region) const {
    return economy.space().last_of(RegionId{region}).index();
  }
  [[nodiscard]] double const* flows(std::size_t row, std::size_t column) const {
    return economy.flows().raw() + row * n() + column;
  }
};

/// X of (I - A) X = B, held as S = X / x because A X = Z S.
class RightSweep : public Sweep {
 public:
  RightSweep(Sweep const& sweep, DenseMatrix const& B)
      : Sweep(sweep), B_(B), S_(B.rows(), B.columns()), X_(B.rows(), B.columns()) {}

  /// Largest change of each right-hand side's solution in one sweep.
  void run(std::span<double> change) {
    for (std::size_t r = 0; r < factors.size(); ++r) {
      DenseMatrix rest = rest_of(r, false);
      solve_factorised(factors[r], rest, 1);
      for (std::size_t i = first(r); i < last(r); ++i) {
        for (std::size_t c = 0; c < change.size(); ++c) {
          double const value = rest(i - first(r), c);
          change[c] = std::max(change[c], std::abs(value - X_(i, c)));
          X_(i, c) = value;
          S_(i, c) = value * inverse_output[i];
        }
      }
    }
  }
  /// Largest residual of each right-hand side.
  void measure(std::span<double> residual) const {
    for (std::size_t r = 0; r < factors.size(); ++r) {
      auto const rest = rest_of(r, true);
      for (std::size_t i = first(r); i < last(r); ++i) {
        for (std::size_t c = 0; c < residual.size(); ++c) {
          residual[c] = std::max(residual[c], std::abs(rest(i - first(r), c) - X_(i, c)));
        }
      }
    }
  }
  void scale(std::span<double> scale) const {
    for (std::size_t i = 0; i < n(); ++i) {
      for (std::size_t c = 0; c < scale.size(); ++c) {
        scale[c] = std::max(scale[c], std::abs(B_(i, c)));
      }
    }
  }
  [[nodiscard]] DenseMatrix const& solution() const { return X_; }

 private:
  /// B_r + A_r X, the region's own block included or not.
  [[nodiscard]] DenseMatrix rest_of(std::size_t r, bool own) const {
    auto const width = B_.columns();
    auto const size = last(r) - first(r);
    DenseMatrix rest(size, width);
    std::copy_n(B_.data() + first(r) * width, size * width, rest.data());
    auto const add = [&](std::size_t from, std::size_t to) {
      if (from == to || size == 0) return;
      cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, as_int(size), as_int(width),
                  as_int(to - from), 1.0, flows(first(r), from), as_int(n()),
                  S_.data() + from * width, as_int(width), 1.0, rest.data(), as_int(width));
    };
    if (own) {
      add(0, n());
    } else {
      add(0, first(r));
      add(last(r), n());
    }
    return rest;
  }

  DenseMatrix const& B_;
  DenseMatrix S_, X_;
};

/// X of X (I - A) = B.
class LeftSweep : public Sweep {
 public:
  LeftSweep(Sweep const& sweep, DenseMatrix const& B)
      : Sweep(sweep), B_(B), X_(B.rows(), B.columns()) {}

  void run(std::span<double> change) {
    for (std::size_t r = 0; r < factors.size(); ++r) {
      DenseMatrix rest = rest_of(r, false);
      solve_left_factorised(factors[r], rest, 1);
      for (std::size_t c = 0; c < change.size(); ++c) {
        for (std::size_t j = first(r); j < last(r); ++j) {
          double const value = rest(c, j - first(r));
          change[c] = std::max(change[c], std::abs(value - X_(c, j)));
          X_(c, j) = value;
        }
      }
    }
  }
  void measure(std::span<double> residual) const {
    for (std::size_t r = 0; r < factors.size(); ++r) {
      auto const rest = rest_of(r, true);
      for (std::size_t c = 0; c < residual.size(); ++c) {
        for (std::size_t j = first(r); j < last(r); ++j) {
          residual[c] = std::max(residual[c], std::abs(rest(c, j - first(r)) - X_(c, j)));
        }
      }
    }
  }
  void scale(std::span<double> scale) const {
    for (std::size_t c = 0; c < scale.size(); ++c) {
      for (double const value : B_.row(c)) scale[c] = std::max(scale[c], std::abs(value));
    }
  }
  [[nodiscard]] DenseMatrix const& solution() const { return X_; }

 private:
  [[nodiscard]] DenseMatrix rest_of(std::size_t r, bool own) const {
    auto const height = B_.rows();
    auto const size = last(r) - first(r);
    DenseMatrix rest(height, size);
    auto const add = [&](std::size_t from, std::size_t to) {
      if (from == to || size == 0) return;
      cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, as_int(height), as_int(size),
                  as_int(to - from), 1.0, X_.data() + from, as_int(n()), flows(from, first(r)),
                  as_int(n()), 1.0, rest.data(), as_int(size));
    };
    if (own) {
      add(0, n());
    } else {
      add(0, first(r));
      add(last(r), n());
    }
    for (std::size_t c = 0; c < height; ++c) {
      for (std::size_t j = first(r); j < last(r); ++j) {
        auto& value = rest(c, j - first(r));
        value = B_(c, j) + value * inverse_output[j];
      }
    }
    return rest;
  }

  DenseMatrix const& B_;
  DenseMatrix X_;
};

/// Largest quotient; 0 / 0 counts as nothing.
double largest_ratio(std::span<double const> values, std::span<double const> scale) {
  double largest = 0;
  for (std::size_t c = 0; c < values.size(); ++c) {
    if (values[c] > 0) largest = std::max(largest, values[c] / scale[c]);
    if (!std::isfinite(values[c])) return std::numeric_limits<double>::infinity();
  }
  return largest;
}

/// Sweeps until the residual is small enough or no longer falls.
template <class Direction>
double iterate(Direction& direction, std::size_t count, double tolerance) {
  DenseVector scale(count, 0.0), change(count), residual(count);
  direction.scale(scale);
  double best = std::numeric_limits<double>::infinity();
  double wanted = change_margin * tolerance;
  double before = best;
  for (int sweep = 0; sweep < most_sweeps; ++sweep) {
    std::fill(change.begin(), change.end(), 0.0);
    direction.run(change);
    double const moved = largest_ratio(change, scale);
    if (!(moved < diverged)) return std::numeric_limits<double>::infinity();
    // Rounding alone moves a solution that no longer converges up and down.
    bool const stalled = moved >= before && moved < 1e-9;
    before = moved;
    if (moved > wanted && !stalled) continue;
    std::fill(residual.begin(), residual.end(), 0.0);
    direction.measure(residual);
    double const now = largest_ratio(residual, scale);
    if (now <= tolerance || !(now < best)) return now;
    best = now;
    wanted = moved * change_margin;
  }
  std::fill(residual.begin(), residual.end(), 0.0);
  direction.measure(residual);
  return largest_ratio(residual, scale);
}

std::size_t parts_of(std::size_t count) { return (count + block_width - 1) / block_width; }

/// Runs `body(part, first, size)` over fixed parts of right-hand sides; the largest result.
template <class Body>
double over_parts(std::size_t count, unsigned threads, Body const& body) {
  use_single_threaded_blas();
  auto const parts = parts_of(count);
  DenseVector residual(parts, 0.0);
  RunControl control;
  control.threads = threads;
  [[maybe_unused]] auto const done = parallel_for(parts, control, "solve", [&](std::size_t part) {
    auto const start = part * count / parts;
    residual[part] = body(start, (part + 1) * count / parts - start);
  });
  LINCHPIN_ENSURES(done.has_value());
  return parts == 0 ? 0.0 : *std::max_element(residual.begin(), residual.end());
}

}  // namespace

RegionSweeps::RegionSweeps(Economy economy, std::span<double const> inverse_output,
                           double tolerance)
    : economy_(std::move(economy)), inverse_output_(inverse_output), tolerance_(tolerance) {
  LINCHPIN_EXPECTS(inverse_output.size() == economy_.size());
}

Result<std::optional<std::size_t>> RegionSweeps::factorise(RunControl const& control) {
  auto const& space = economy_.space();
  factors_.clear();
  for (std::size_t r = 0; r < space.regions(); ++r) {
    if (control.cancel.cancelled()) {
      return fail(ErrorCode::cancelled, "stopped on request", "factorise", "run it again");
    }
    auto const first = space.first_of(RegionId{r}).index();
    auto const size = space.last_of(RegionId{r}).index() - first;
    DenseMatrix block(size, size);
    for (std::size_t i = 0; i < size; ++i) {
      auto const flows = economy_.flows().row(IndustryId{first + i});
      for (std::size_t j = 0; j < size; ++j) {
        block(i, j) = (i == j ? 1.0 : 0.0) - flows[first + j] * inverse_output_[first + j];
      }
    }
    auto const bad = depend::factorise(block, {.threads = 1, .cancel = control.cancel});
    if (!bad) return fail(bad.error());
    if (bad->has_value()) return std::optional{first + **bad};
    factors_.push_back(std::move(block));
    control.report("factorise", space.last_of(RegionId{r}).index(), economy_.size());
  }
  return std::optional<std::size_t>{};
}

double RegionSweeps::solve(DenseMatrix& right_hand_sides, unsigned threads) const {
  auto const n = economy_.size();
  LINCHPIN_EXPECTS(right_hand_sides.rows() == n);
  return over_parts(right_hand_sides.columns(), threads, [&](std::size_t start, std::size_t width) {
    DenseMatrix B(n, width);
    for (std::size_t i = 0; i < n; ++i) {
      std::copy_n(right_hand_sides.row(i).data() + start, width, B.row(i).data());
    }
    RightSweep sweep({economy_, inverse_output_, factors_}, B);
    double const residual = iterate(sweep, width, tolerance_);
    for (std::size_t i = 0; i < n; ++i) {
      std::copy_n(sweep.solution().row(i).data(), width, right_hand_sides.row(i).data() + start);
    }
    return residual;
  });
}

double RegionSweeps::solve_left(DenseMatrix& right_hand_sides, unsigned threads) const {
  auto const n = economy_.size();
  LINCHPIN_EXPECTS(right_hand_sides.columns() == n);
  return over_parts(right_hand_sides.rows(), threads, [&](std::size_t start, std::size_t height) {
    DenseMatrix B(height, n);
    std::copy_n(right_hand_sides.row(start).data(), height * n, B.data());
    LeftSweep sweep({economy_, inverse_output_, factors_}, B);
    double const residual = iterate(sweep, height, tolerance_);
    std::copy_n(sweep.solution().data(), height * n, right_hand_sides.row(start).data());
    return residual;
  });
}

}  // namespace linchpin::depend
