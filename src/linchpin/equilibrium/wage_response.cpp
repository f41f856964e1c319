// SPDX-License-Identifier: Apache-2.0
#include "linchpin/equilibrium/wage_response.h"

#include <cblas.h>

#include <algorithm>
#include <cmath>

#include "linchpin/core/blas.h"

namespace linchpin::equilibrium {
namespace {

constexpr std::size_t most_sweeps = 60;

/// out (rows × columns) = [transposed] a (rows × inner) b + beta out.
void product(bool transposed, std::size_t rows, std::size_t columns, std::size_t inner,
             double const* a, std::size_t a_stride, double const* b, std::size_t b_stride,
             double beta, double* out, std::size_t out_stride) {
  cblas_dgemm(CblasRowMajor, transposed ? CblasTrans : CblasNoTrans, CblasNoTrans,
              static_cast<int>(rows), static_cast<int>(columns), static_cast<int>(inner), 1.0, a,
              static_cast<int>(a_stride), b, static_cast<int>(b_stride), beta, out,
              static_cast<int>(out_stride));
}

struct Change {
  double largest = 0;
  double size = 0;
  void add(double before, double after) {
    largest = std::max(largest, std::abs(after - before));
    size = std::max(size, std::abs(after));
  }
  [[nodiscard]] bool small(double accuracy) const { return largest <= accuracy * size; }
};

}  // namespace

/// Shares of inputs in cost at the point, by industry of region n.
void WageResponse::inputs_of(TradeSystem const& system, std::size_t n) {
  auto const& grid = system.base().grid;
  auto const& now = system.numbers();
  for (std::size_t j = 0; j < grid.sectors; ++j) {
    auto const* const from = system.base().input.data() + grid.input(n, j);
    auto const factor = now.material_factor[grid.industry(n, j)];
    auto* const to = input_.data() + j * grid.sector_stride;
    for (std::size_t k = 0; k < grid.sectors; ++k) {
      to[k] = from[k] * factor * now.material_price[grid.industry(n, k)];
    }
  }
}

void WageResponse::respond_prices(TradeSystem const& system, double accuracy) {
  auto const& grid = system.base().grid;
  auto const& now = system.numbers();
  auto const columns = columns_;
  auto const across = grid.region_stride * columns;
  std::fill(price_.begin(), price_.end(), 0.0);
  for (std::size_t sweep = 0; sweep < most_sweeps; ++sweep) {
    for (std::size_t n = 0; n < grid.regions; ++n) {
      inputs_of(system, n);
      product(false, grid.sectors, columns, grid.sectors, input_.data(), grid.sector_stride,
              price_.data() + n * columns, across, 0.0, cost_.data() + n * columns, across);
      for (std::size_t j = 0; j < grid.sectors; ++j) {
        auto const industry = grid.industry(n, j);
        for (std::size_t f = 0; f < system.groups(); ++f) {
          cost_[grid.good(j, n) * columns + f * grid.regions + n] +=
              now.value_added_share[industry] * system.group_share(f, industry) *
              system.group_slope(f, n);
        }
      }
    }
    Change change;
    for (std::size_t j = 0; j < grid.sectors; ++j) {
      auto const at = grid.good(j) * columns;
      if (system.wedges().domestic[j] != 0) {
        std::copy_n(cost_.data() + at, grid.regions * columns, mapped_.data() + at);
      } else {
        product(false, grid.regions, columns, grid.regions, now.share.data() + grid.pair(j, 0),
                grid.region_stride, cost_.data() + at, columns, 0.0, mapped_.data() + at, columns);
      }
    }
    for (std::size_t k = 0; k < price_.size(); ++k) change.add(price_[k], mapped_[k]);
    std::swap(price_, mapped_);
    if (change.small(accuracy)) break;
  }
}

void WageResponse::respond_spending(TradeSystem const& system, DenseVector const& spending,
                                    double accuracy) {
  auto const& grid = system.base().grid;
  auto const& now = system.numbers();
  auto const columns = columns_;
  auto const across = grid.region_stride * columns;
  std::fill(fixed_.begin(), fixed_.end(), 0.0);
  std::fill(revenue_.begin(), revenue_.end(), 0.0);
  // What buyers' moves between origins do to sellers and to tariff revenue at given spending.
  for (std::size_t j = 0; j < grid.sectors; ++j) {
    if (system.wedges().domestic[j] != 0) continue;
    auto const theta = system.base().theta[j];
    auto const at = grid.good(j) * columns;
    auto const* const kept = now.kept_share.data() + grid.pair(j, 0);
    // mapped_ serves as scratch of one sector.
    product(false, grid.regions, columns, grid.regions, kept, grid.region_stride, cost_.data() + at,
            columns, 0.0, mapped_.data(), columns);
    for (std::size_t n = 0; n < grid.regions; ++n) {
      auto const spent = spending[grid.good(j, n)];
      auto const kept_part = now.kept_of_spending[grid.good(j, n)];
      for (std::size_t d = 0; d < columns; ++d) {
        auto const price = price_[at + n * columns + d];
        revenue_[n * columns + d] += theta * spent * (mapped_[n * columns + d] - kept_part * price);
        mapped_[n * columns + d] = theta * spent * price;
      }
    }
    product(true, grid.regions, columns, grid.regions, kept, grid.region_stride, mapped_.data(),
            columns, 0.0, fixed_.data() + at, columns);
    for (std::size_t i = 0; i < grid.regions; ++i) {
      auto const sold = theta * now.output[grid.good(j, i)];
      for (std::size_t d = 0; d < columns; ++d) {
        fixed_[at + i * columns + d] -= sold * cost_[at + i * columns + d];
      }
    }
  }
  std::fill(spending_.begin(), spending_.end(), 0.0);
  for (std::size_t sweep = 0; sweep < most_sweeps; ++sweep) {
    std::copy(revenue_.begin(), revenue_.end(), income_.begin());
    for (std::size_t n = 0; n < grid.regions; ++n) {
      for (std::size_t f = 0; f < system.groups(); ++f) {
        income_[n * columns + f * grid.regions + n] += system.group_income(f, n);
      }
    }
    for (std::size_t j = 0; j < grid.sectors; ++j) {
      auto const at = grid.good(j) * columns;
      if (system.wedges().domestic[j] != 0) {
        std::copy_n(spending_.data() + at, grid.regions * columns, output_.data() + at);
      } else {
        std::copy_n(fixed_.data() + at, grid.regions * columns, output_.data() + at);
        product(true, grid.regions, columns, grid.regions, now.kept_share.data() + grid.pair(j, 0),
                grid.region_stride, spending_.data() + at, columns, 1.0, output_.data() + at,
                columns);
        for (std::size_t n = 0; n < grid.regions; ++n) {
          auto const part = 1 - now.kept_of_spending[grid.good(j, n)];
          for (std::size_t d = 0; d < columns; ++d) {
            income_[n * columns + d] += part * spending_[at + n * columns + d];
          }
        }
      }
      for (std::size_t n = 0; n < grid.regions; ++n) {
        auto const outlay = 1 / (1 - system.subsidy(grid.good(j, n)));
        for (std::size_t d = 0; d < columns; ++d) output_[at + n * columns + d] *= outlay;
      }
    }
    Change change;
    for (std::size_t n = 0; n < grid.regions; ++n) {
      inputs_of(system, n);
      product(true, grid.sectors, columns, grid.sectors, input_.data(), grid.sector_stride,
              output_.data() + n * columns, across, 0.0, mapped_.data() + n * columns, across);
      for (std::size_t k = 0; k < grid.sectors; ++k) {
        auto const share = now.final_share[grid.industry(n, k)];
        auto* const row = mapped_.data() + grid.good(k, n) * columns;
        auto const* const before = spending_.data() + grid.good(k, n) * columns;
        for (std::size_t d = 0; d < columns; ++d) {
          row[d] += share * income_[n * columns + d];
          change.add(before[d], row[d]);
        }
      }
    }
    std::swap(spending_, mapped_);
    if (change.small(accuracy)) break;
  }
}

void WageResponse::compute(TradeSystem const& system, DenseVector const& spending,
                           double accuracy) {
  use_single_threaded_blas();
  auto const& grid = system.base().grid;
  auto const& now = system.numbers();
  columns_ = system.groups() * grid.regions;
  for (auto* array : {&price_, &cost_, &spending_, &output_, &fixed_, &mapped_}) {
    array->assign(grid.goods() * columns_, 0.0);
  }
  income_.assign(grid.regions * columns_, 0.0);
  revenue_.assign(grid.regions * columns_, 0.0);
  input_.assign(grid.sectors * grid.sector_stride, 0.0);
  respond_prices(system, accuracy);
  respond_spending(system, spending, accuracy);

  auto const& parts = system.parts();
  auto const size = static_cast<Eigen::Index>(columns_);
  matrix_ = Eigen::MatrixXd::Zero(size, size);
  for (std::size_t n = 0; n < grid.regions; ++n) {
    for (std::size_t f = 0; f < system.groups(); ++f) {
      auto const row = static_cast<Eigen::Index>(f * grid.regions + n);
      double demand = 0;
      for (std::size_t j = 0; j < grid.sectors; ++j) {
        auto const industry = grid.industry(n, j);
        auto const part = system.group_share(f, industry) * now.value_added_share[industry];
        demand += part * now.cost_outlay[grid.good(j, n)];
        auto const* const from = output_.data() + grid.good(j, n) * columns_;
        for (Eigen::Index d = 0; d < size; ++d) {
          matrix_(row, d) += part * from[static_cast<std::size_t>(d)];
        }
      }
      if (demand > 0) {
        matrix_.row(row) /= demand;
      } else {
        matrix_.row(row).setZero();
      }
      matrix_(row, row) -= 1;
      for (std::size_t m = 0; m < grid.regions; ++m) {
        if (parts.of[m] != parts.of[n]) continue;
        for (std::size_t g = 0; g < system.groups(); ++g) {
          matrix_(row, static_cast<Eigen::Index>(g * grid.regions + m)) -=
              system.group_income(g, m) / system.part_income(parts.of[n]);
        }
      }
    }
  }
  factors_.compute(matrix_);
}

namespace {

/// 1 − d ln demand / d ln return of a specific factor: sales fall with the own price by about θ,
/// which moves with the return by its share.
double own_slope(TradeSystem const& system, std::size_t n, std::size_t j) {
  auto const industry = system.base().grid.industry(n, j);
  return 1 + system.base().theta[j] * system.numbers().value_added_share[industry] *
                 system.specific_share(industry);
}

}  // namespace

void WageResponse::step(TradeSystem const& system, std::vector<double> const& residual,
                        std::vector<double>& step) const {
  auto const& grid = system.base().grid;
  auto const mobile = system.mobile_unknowns();
  auto const specific = system.specific_unknowns() > 0;
  Eigen::VectorXd coarse(static_cast<Eigen::Index>(columns_));
  std::copy_n(residual.data(), mobile, coarse.data());
  std::vector<double> mean(grid.regions, 0.0);
  for (std::size_t n = 0; specific && n < grid.regions; ++n) {
    double total = 0;
    for (std::size_t j = 0; j < grid.sectors; ++j) {
      auto const income = system.specific_income_now(n, j);
      mean[n] += income * residual[mobile + n * grid.sectors + j];
      total += income;
    }
    mean[n] = total > 0 ? mean[n] / total : 0.0;
    coarse(static_cast<Eigen::Index>(mobile + n)) = mean[n];
  }
  Eigen::VectorXd const found = -factors_.solve(coarse);
  std::copy_n(found.data(), mobile, step.data());
  for (std::size_t n = 0; specific && n < grid.regions; ++n) {
    for (std::size_t j = 0; j < grid.sectors; ++j) {
      auto const place = mobile + n * grid.sectors + j;
      step[place] = found(static_cast<Eigen::Index>(mobile + n)) +
                    (residual[place] - mean[n]) / own_slope(system, n, j);
    }
  }
  auto const first_quota = mobile + system.specific_unknowns();
  auto const& quotas = system.policy().quotas;
  for (std::size_t q = 0; q < quotas.size(); ++q) {
    step[first_quota + q] = residual[first_quota + q] / (1 + system.base().theta[quotas[q].sector]);
  }
}

void WageResponse::step_transposed(TradeSystem const& system, std::vector<double> const& right,
                                   std::vector<double>& step) const {
  auto const& grid = system.base().grid;
  auto const mobile = system.mobile_unknowns();
  auto const specific = system.specific_unknowns() > 0;
  Eigen::VectorXd coarse(static_cast<Eigen::Index>(columns_));
  std::copy_n(right.data(), mobile, coarse.data());
  std::vector<double> fine(grid.regions, 0.0);
  for (std::size_t n = 0; specific && n < grid.regions; ++n) {
    double sum = 0;
    for (std::size_t j = 0; j < grid.sectors; ++j) {
      auto const place = mobile + n * grid.sectors + j;
      sum += right[place];
      fine[n] += right[place] / own_slope(system, n, j);
    }
    coarse(static_cast<Eigen::Index>(mobile + n)) = sum;
  }
  Eigen::VectorXd found(coarse.size());
  factors_._solve_impl_transposed<false>(coarse, found);
  found = -found;
  std::copy_n(found.data(), mobile, step.data());
  for (std::size_t n = 0; specific && n < grid.regions; ++n) {
    auto const total = system.group_income(system.mobile_factors(), n);
    for (std::size_t j = 0; j < grid.sectors; ++j) {
      auto const place = mobile + n * grid.sectors + j;
      auto const weight = total > 0 ? system.specific_income_now(n, j) / total : 0.0;
      step[place] = weight * (found(static_cast<Eigen::Index>(mobile + n)) - fine[n]) +
                    right[place] / own_slope(system, n, j);
    }
  }
  auto const first_quota = mobile + system.specific_unknowns();
  auto const& quotas = system.policy().quotas;
  for (std::size_t q = 0; q < quotas.size(); ++q) {
    step[first_quota + q] = right[first_quota + q] / (1 + system.base().theta[quotas[q].sector]);
  }
}

void WageResponse::predict(TradeSystem const& system, std::vector<double> const& step,
                           DenseVector& log_price, DenseVector& spending) const {
  auto const& grid = system.base().grid;
  std::vector<double> moves(columns_, 0.0);
  auto const mobile = system.mobile_unknowns();
  std::copy_n(step.data(), mobile, moves.data());
  for (std::size_t n = 0; system.specific_unknowns() > 0 && n < grid.regions; ++n) {
    // The mean move of a region's specific factors.
    auto const total = system.group_income(system.mobile_factors(), n);
    for (std::size_t j = 0; total > 0 && j < grid.sectors; ++j) {
      moves[mobile + n] +=
          system.specific_income_now(n, j) / total * step[mobile + n * grid.sectors + j];
    }
  }
  auto const rows = static_cast<int>(log_price.size());
  auto const columns = static_cast<int>(columns_);
  cblas_dgemv(CblasRowMajor, CblasNoTrans, rows, columns, 1.0, price_.data(), columns, moves.data(),
              1, 1.0, log_price.data(), 1);
  cblas_dgemv(CblasRowMajor, CblasNoTrans, rows, columns, 1.0, spending_.data(), columns,
              moves.data(), 1, 1.0, spending.data(), 1);
}

}  // namespace linchpin::equilibrium
