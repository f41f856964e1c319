// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/repair/kras.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "linchpin/table/repair/kras_operator.h"
#include "linchpin/table/repair/kras_preconditioner.h"

namespace linchpin {
namespace scaling {
namespace {

constexpr std::size_t most_named = 20;
constexpr double least_pull = 1e-6;       // of the cells on the least reliable target
constexpr double smallest_ridge = 1e-10;  // of the sizes: below it arithmetic loses the conflict
constexpr double longest_step = 3;        // change of the logarithm of a cell

double dot(DenseVector const& a, DenseVector const& b) {
  double sum = 0;
  for (std::size_t k = 0; k < a.size(); ++k) sum += a[k] * b[k];
  return sum;
}

class Solver {
 public:
  Solver(CsrMatrix& matrix, std::span<Constraint const> constraints, KrasOptions const& options,
         RunControl const& control)
      : matrix_(matrix),
        constraints_(constraints),
        options_(options),
        control_(control),
        G_(matrix, constraints),
        preconditioner_(G_),
        z_(matrix.value),
        dual_(constraints.size(), 0.0) {
    quiet_.threads = control.threads;
    quiet_.cancel = control.cancel;
  }

  Result<KrasReport> run() {
    if (auto const done = start(); !done) return fail(done.error());
    double best = HUGE_VAL;
    std::size_t idle = 0;
    for (;; ++report_.iterations) {
      double const error = largest_error();
      if (control_.progress)
        control_.report("balance", report_.iterations, options_.most_iterations);
      if (error <= options_.tolerance) break;
      idle = error < 0.5 * best ? 0 : idle + 1;
      best = std::min(best, error);
      if (idle >= most_idle && best <= rounding_floor) break;
      if (idle >= most_idle || report_.iterations == options_.most_iterations) {
        return fail(unmet(error));
      }
      auto const step = newton_step();
      if (!step) return fail(step.error());
      if (auto const done = advance(*step); !done) return fail(done.error());
    }
    matrix_.value = std::move(z_);
    report_.value = G_.gather(sums_);
    report_.exact_error = 0;
    for (std::size_t c = 0; c < constraints_.size(); ++c) {
      if (constraints_[c].sigma > 0 || size_[c] == 0) continue;
      report_.exact_error = std::max(report_.exact_error, std::abs(gradient_[c]) / size_[c]);
    }
    return std::move(report_);
  }

 private:
  static constexpr std::size_t most_idle = 12;
  static constexpr double rounding_floor = 1e-10;

  Result<void> start() {
    zero_ = G_.spread(dual_);
    if (auto const done = measure(); !done) return done;
    choose_ridge();
    ErrorList errors;
    for (std::size_t c = 0; c < constraints_.size() && errors.size() < most_named; ++c) {
      auto const& each = constraints_[c];
      if (each.sigma > 0 || each.target == 0 || cell_size_[c] > 0) continue;
      errors.add(
          ErrorCode::bad_value,
          fmt::format("infeasible: the target is {:.6g}, but all its cells are zero", each.target),
          each.name, "put a first estimate into one of its cells, or give the target a sigma");
    }
    if (!errors.empty()) return fail(errors.joined());
    update_gradient();
    return {};
  }

  /// Sums of z and |z| over the lines.
  Result<void> measure() {
    auto sums = G_.sum(zero_, quiet_, [&](std::size_t k, double) { return z_[k]; });
    if (!sums) return fail(sums.error());
    sums_ = *std::move(sums);
    auto sizes = G_.sum(zero_, quiet_, [&](std::size_t k, double) { return std::abs(z_[k]); });
    if (!sizes) return fail(sizes.error());
    sizes_ = *std::move(sizes);
    cell_size_ = G_.gather_sizes(sizes_);
    return {};
  }

  /// ridge = sigma^2 / phi: phi is the variance that one unit of money in a cell has. As large as
  /// the pull on the least reliable target asks, and as the arithmetic allows for the most
  /// reliable.
  void choose_ridge() {
    ridge_.assign(constraints_.size(), 0.0);
    double largest = 0, smallest = HUGE_VAL;
    auto const share = [&](std::size_t c) {
      double const sigma = constraints_[c].sigma;
      double const size = std::max(cell_size_[c], std::abs(constraints_[c].target));
      return size > 0 ? sigma * sigma / size : 0.0;
    };
    for (std::size_t c = 0; c < constraints_.size(); ++c) {
      if (!(share(c) > 0)) continue;
      largest = std::max(largest, share(c));
      smallest = std::min(smallest, share(c));
    }
    if (largest == 0) return;
    double const phi = std::min(largest / least_pull, smallest / smallest_ridge);
    for (std::size_t c = 0; c < constraints_.size(); ++c) {
      ridge_[c] = constraints_[c].sigma * constraints_[c].sigma / phi;
    }
    report_.seed_pull = largest / phi / (1 + largest / phi);
  }

  void update_gradient() {
    auto const value = G_.gather(sums_);
    gradient_.resize(value.size());
    size_.resize(value.size());
    for (std::size_t c = 0; c < value.size(); ++c) {
      gradient_[c] = constraints_[c].target - value[c] - ridge_[c] * dual_[c];
      size_[c] = std::max(cell_size_[c], std::abs(constraints_[c].target));
    }
  }

  [[nodiscard]] double largest_error() const {
    double worst = 0;
    for (std::size_t c = 0; c < size_.size(); ++c) {
      if (size_[c] > 0) worst = std::max(worst, std::abs(gradient_[c]) / size_[c]);
    }
    return worst;
  }

  /// (G |z| G' + ridge) direction.
  Result<DenseVector> multiply(DenseVector const& direction) {
    auto const sums = G_.sum(G_.spread(direction), quiet_,
                             [&](std::size_t k, double value) { return std::abs(z_[k]) * value; });
    if (!sums) return fail(sums.error());
    auto result = G_.gather(*sums);
    for (std::size_t c = 0; c < result.size(); ++c) result[c] += ridge_[c] * direction[c];
    return result;
  }

  /// Conjugate gradients for (G |z| G' + ridge) step = gradient, as far as is useful.
  Result<DenseVector> newton_step() {
    preconditioner_.factorise(sizes_, ridge_);
    DenseVector step(dual_.size(), 0.0), residual = gradient_;
    auto search = preconditioner_.solve(residual);
    double rho = dot(residual, search);
    double const start = rho;
    constexpr double forcing = 1e-6;  // squared, in the norm of the preconditioner
    for (std::size_t k = 0; k < options_.most_inner_iterations && rho > forcing * start; ++k) {
      auto const image = multiply(search);
      if (!image) return fail(image.error());
      double const curvature = dot(search, *image);
      constexpr double flat = 1e-15;
      if (!(curvature > flat * rho)) break;  // redundant constraints: nothing more along here
      double const length = rho / curvature;
      for (std::size_t c = 0; c < step.size(); ++c) {
        step[c] += length * search[c];
        residual[c] -= length * (*image)[c];
      }
      auto const next = preconditioner_.solve(residual);
      double const rho_next = dot(residual, next);
      for (std::size_t c = 0; c < step.size(); ++c) {
        search[c] = next[c] + rho_next / rho * search[c];
      }
      rho = rho_next;
      ++report_.inner_iterations;
    }
    return step;
  }

  /// Moves along the step, shortened until it does not overshoot the maximum by much.
  Result<void> advance(DenseVector const& step) {
    auto const lines = G_.spread(step);
    double const slope = dot(gradient_, step);
    auto const largest = longest_move(lines);
    if (!largest) return fail(largest.error());
    double length = *largest > longest_step ? longest_step / *largest : 1.0;
    auto const before = z_;
    auto const dual_before = dual_;
    constexpr int most_halvings = 40;
    for (int halving = 0; halving < most_halvings; ++halving, length /= 2) {
      auto const moved = G_.sum(lines, quiet_, [&](std::size_t k, double value) {
        z_[k] = before[k] * std::exp(before[k] > 0 ? length * value : -length * value);
        return z_[k];
      });
      if (!moved) return fail(moved.error());
      for (std::size_t c = 0; c < dual_.size(); ++c) dual_[c] = dual_before[c] + length * step[c];
      if (auto const done = measure(); !done) return done;
      update_gradient();
      if (dot(gradient_, step) >= -0.5 * std::abs(slope)) return {};
    }
    return {};
  }

  /// Largest change of the logarithm of a cell over a whole step.
  Result<double> longest_move(Lines const& lines) {
    DenseVector largest(matrix_.cells(), 0.0);
    auto const seen = G_.sum(lines, quiet_, [&](std::size_t k, double value) {
      return largest[k] = z_[k] != 0 ? std::abs(value) : 0.0;
    });
    if (!seen) return fail(seen.error());
    return largest.empty() ? 0.0 : *std::max_element(largest.begin(), largest.end());
  }

  [[nodiscard]] Error unmet(double error) const {
    std::vector<std::size_t> order(constraints_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    auto const relative = [&](std::size_t c) {
      return size_[c] > 0 ? std::abs(gradient_[c]) / size_[c] : 0.0;
    };
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return relative(a) > relative(b); });
    ErrorList errors;
    constexpr std::size_t most_worst = 6;
    for (auto const c : order) {
      if (errors.size() == most_worst || relative(c) < 0.01 * error) break;
      auto const& each = constraints_[c];
      errors.add(
          ErrorCode::bad_value,
          fmt::format("infeasible: the target {:.10g} contradicts other exact targets, or its "
                      "cells cannot reach it with their signs; {:.6g} remains",
                      each.target, gradient_[c]),
          each.name,
          "give the less reliable targets a sigma, or put first estimates into zero cells");
    }
    return errors.joined();
  }

  CsrMatrix& matrix_;
  std::span<Constraint const> constraints_;
  KrasOptions const& options_;
  RunControl const& control_;
  RunControl quiet_;
  ConstraintOperator G_;
  BlockPreconditioner preconditioner_;
  DenseVector z_;         // cells now
  DenseVector dual_;      // one per constraint
  DenseVector ridge_;     // sigma^2 / phi
  DenseVector gradient_;  // of the dual: what each constraint still misses
  DenseVector size_, cell_size_;
  Lines zero_, sums_, sizes_;
  KrasReport report_;
};

Result<void> check(CsrMatrix const& matrix, std::span<Constraint const> constraints) {
  ErrorList errors;
  for (auto const& each : constraints) {
    if (errors.size() >= most_named) break;
    bool inside = true;
    bool finite = std::isfinite(each.target) && std::isfinite(each.sigma) && each.sigma >= 0;
    for (auto const& term : each.terms) {
      finite = finite && std::isfinite(term.coefficient);
      inside = inside && (term.of == ConstraintTerm::Of::column || term.row < matrix.rows) &&
               (term.of == ConstraintTerm::Of::row || term.column < matrix.columns);
    }
    if (!finite) {
      errors.add(ErrorCode::bad_value,
                 fmt::format("target {:.6g} with sigma {:.6g}", each.target, each.sigma), each.name,
                 "give finite numbers, sigma zero or more");
    }
    if (!inside) {
      errors.add(ErrorCode::bad_value, "a term lies outside the matrix", each.name,
                 "name rows and columns that exist");
    }
  }
  bool const finite = std::all_of(matrix.value.begin(), matrix.value.end(),
                                  [](double value) { return std::isfinite(value); });
  if (!finite) {
    errors.add(ErrorCode::bad_value, "a cell is not a finite number", "matrix",
               "repair the cell first");
  }
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

}  // namespace
}  // namespace scaling

Result<KrasReport> kras(CsrMatrix& matrix, std::span<Constraint const> constraints,
                        KrasOptions const& options, RunControl const& control) {
  if (auto const fine = scaling::check(matrix, constraints); !fine) return fail(fine.error());
  return scaling::Solver(matrix, constraints, options, control).run();
}

}  // namespace linchpin
