// SPDX-License-Identifier: Apache-2.0
#include "linchpin/leverage/price_world.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "linchpin/core/contracts.h"
#include "linchpin/leverage/cost_power.h"

namespace linchpin::leverage {
namespace {

constexpr double sum_tolerance = 1e-6;  // of shares that should sum to 1
constexpr double near_enough = 1e-13;   // distance of ln P to the fixed point
constexpr std::size_t max_passes = 100'000;

void check_size(ErrorList& errors, char const* what, std::size_t size, std::size_t wanted) {
  if (size == wanted) return;
  errors.add(ErrorCode::size_mismatch, fmt::format("{} numbers instead of {}", size, wanted), what,
             "one number per combination of the labels");
}

/// Problems of rows of shares; returns the largest sum of a row.
double check_rows(ErrorList& errors, char const* what, std::span<double const> values,
                  std::size_t width, bool must_be_whole) {
  double top = 0;
  std::size_t bad = 0, first = 0;
  for (std::size_t row = 0; row * width < values.size(); ++row) {
    double sum = 0;
    bool fine = true;
    for (double const value : values.subspan(row * width, width)) {
      fine = fine && std::isfinite(value) && value >= 0;
      sum += value;
    }
    fine = fine && sum <= 1 + sum_tolerance;
    if (must_be_whole) fine = fine && (sum == 0 || sum >= 1 - sum_tolerance);
    if (!fine && bad++ == 0) first = row;
    top = std::max(top, sum);
  }
  if (bad > 0) {
    errors.add(ErrorCode::bad_value,
               fmt::format("{} rows (the first is row {}) are no shares: not finite, negative, or "
                           "a sum that is not 1",
                           bad, first + 1),
               what, "divide by the total of the row");
  }
  return top;
}

void scale_rows(std::span<double> values, std::size_t width) {
  for (std::size_t row = 0; row < values.size(); row += width) {
    double sum = 0;
    for (double const value : values.subspan(row, width)) sum += value;
    if (sum == 0) continue;
    for (double& value : values.subspan(row, width)) value /= sum;
  }
}

/// ln Σ shares_i exp(−θ ln c_i) of one purchase. `weights` are exp(−θ (ln c_i − shift)).
double log_mean(std::span<double const> shares, std::span<double const> weights, double shift,
                std::span<double const> log_costs, double theta) {
  double sum = 0;
  for (std::size_t i = 0; i < shares.size(); ++i) sum += shares[i] * weights[i];
  if (sum > 1e-200) return std::log(sum) - theta * shift;
  // All sellers of this buyer are far dearer than the cheapest one of the world.
  double own = INFINITY;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    if (shares[i] > 0) own = std::min(own, log_costs[i]);
  }
  for (std::size_t i = 0; i < shares.size(); ++i) {
    if (shares[i] > 0) sum += shares[i] * std::exp(-theta * (log_costs[i] - own));
  }
  return std::log(sum) - theta * own;
}

/// Rows of shares with denied sellers taken out, by (sector, importer).
struct MaskedRows {
  std::vector<std::span<double const>> rows;
  std::vector<DenseVector> changed;
  std::vector<DeniedLink> lost;

  MaskedRows(PriceWorld const& world, std::span<DeniedLink const> denied) {
    std::size_t const n = world.regions(), sectors = world.sectors();
    for (std::size_t j = 0; j < sectors; ++j) {
      for (std::size_t m = 0; m < n; ++m) {
        auto const row = world.sellers(j, m);
        bool const bought = std::any_of(row.begin(), row.end(), [](double s) { return s > 0; });
        rows.push_back(bought ? row : std::span<double const>{});
      }
    }
    changed.reserve(denied.size());
    std::vector<std::size_t> copy_of(rows.size(), denied.size());
    for (DeniedLink const& link : denied) {
      std::size_t const row = link.sector * n + link.importer;
      LINCHPIN_EXPECTS(row < rows.size() && link.exporter < n);
      if (rows[row].empty() || rows[row][link.exporter] == 0) continue;
      if (copy_of[row] == denied.size()) {
        copy_of[row] = changed.size();
        changed.emplace_back(rows[row].begin(), rows[row].end());
        rows[row] = changed.back();
      }
      DenseVector& shares = changed[copy_of[row]];
      LINCHPIN_EXPECTS(link.kept >= 0 && link.kept <= 1);
      shares[link.exporter] *= link.kept;
      double left = 0;
      for (double const share : shares) left += share;
      if (left < 1 - monopoly_share) {
        rows[row] = {};
        lost.push_back(link);
      }
    }
  }
};

}  // namespace

Result<PriceWorld> PriceWorld::make(PriceWorldData data) {
  ErrorList errors;
  std::size_t const n = data.regions.size(), sectors = data.sectors.size();
  if (n == 0 || sectors == 0) {
    errors.add(ErrorCode::missing_value, "a world without regions or sectors", "labels",
               "name at least one of each");
    return fail(errors.joined());
  }
  check_size(errors, "shares", data.shares.size(), sectors * n * n);
  check_size(errors, "input weights", data.input_weights.size(), n * sectors * sectors);
  check_size(errors, "final shares", data.final_shares.size(), n * sectors);
  check_size(errors, "spending", data.spending.size(), n * sectors);
  check_size(errors, "theta", data.theta.size(), sectors);
  if (!errors.empty()) return fail(errors.joined());
  check_rows(errors, "shares", data.shares, n, true);
  double const inputs = check_rows(errors, "input weights", data.input_weights, sectors, false);
  check_rows(errors, "final shares", data.final_shares, sectors, true);
  for (double const amount : data.spending) {
    if (std::isfinite(amount) && amount >= 0) continue;
    errors.add(ErrorCode::bad_value, "spending that is negative or no number", "spending",
               "purchases are amounts");
    break;
  }
  for (std::size_t j = 0; j < sectors; ++j) {
    if (std::isfinite(data.theta[j]) && data.theta[j] > 0) continue;
    errors.add(ErrorCode::bad_value,
               fmt::format("trade elasticity {} of {}", data.theta[j], data.sectors[j]), "theta",
               "a finite number above 0");
  }
  if (inputs >= 1 - 1e-9) {
    errors.add(ErrorCode::bad_value, "an industry whose cost is inputs only", "input weights",
               "prices need some value added in every industry");
  }
  if (!errors.empty()) return fail(errors.joined());
  // Sums are 1 to rounding; the price system takes the base for a fixed point, so they must be.
  scale_rows(data.shares, n);
  scale_rows(data.final_shares, sectors);
  return PriceWorld(std::move(data), inputs);
}

double PriceWorld::share(std::size_t sector, std::size_t importer,
                         std::size_t exporter) const noexcept {
  LINCHPIN_EXPECTS(exporter < regions());
  return sellers(sector, importer)[exporter];
}

std::span<double const> PriceWorld::sellers(std::size_t sector,
                                            std::size_t importer) const noexcept {
  LINCHPIN_EXPECTS(sector < sectors() && importer < regions());
  return std::span<double const>(data_.shares)
      .subspan((sector * regions() + importer) * regions(), regions());
}

double PriceWorld::final_share(std::size_t region, std::size_t sector) const noexcept {
  LINCHPIN_EXPECTS(region < regions() && sector < sectors());
  return data_.final_shares[region * sectors() + sector];
}

void unit_costs(PriceWorldData const& data, DenseMatrix const& log_prices, DenseMatrix& log_costs) {
  std::size_t const sectors = data.sectors.size();
  for (std::size_t i = 0; i < data.regions.size(); ++i) {
    double const* prices = log_prices.row(i).data();
    for (std::size_t j = 0; j < sectors; ++j) {
      double const* weights = data.input_weights.data() + (i * sectors + j) * sectors;
      double sum = 0;
      for (std::size_t k = 0; k < sectors; ++k) sum += weights[k] * prices[k];
      log_costs(j, i) = sum;
    }
  }
}

Result<DenialPrices> PriceWorld::prices_without(std::span<DeniedLink const> denied) const {
  std::size_t const n = regions(), sectors = this->sectors();
  MaskedRows masked(*this, denied);
  DenialPrices answer;
  answer.log_prices = DenseMatrix(n, sectors);
  answer.lost = std::move(masked.lost);
  if (masked.changed.empty()) return answer;
  DenseMatrix log_costs(sectors, n);
  std::vector<double> weights(n);
  double const enough =
      contraction_ > 0 ? near_enough * (1 - contraction_) / contraction_ : INFINITY;
  for (std::size_t pass = 1; pass <= max_passes; ++pass) {
    unit_costs(data_, answer.log_prices, log_costs);
    double change = 0;
    for (std::size_t j = 0; j < sectors; ++j) {
      double const theta = data_.theta[j];
      auto const costs = log_costs.row(j);
      double const shift = *std::min_element(costs.begin(), costs.end());
      for (std::size_t i = 0; i < n; ++i) weights[i] = std::exp(-theta * (costs[i] - shift));
      for (std::size_t m = 0; m < n; ++m) {
        auto const row = masked.rows[j * n + m];
        if (row.empty()) continue;
        // From 0 upwards: what falls below it is rounding.
        double const price = std::max(0.0, -log_mean(row, weights, shift, costs, theta) / theta);
        change = std::max(change, std::abs(price - answer.log_prices(m, j)));
        answer.log_prices(m, j) = price;
      }
    }
    answer.iterations = pass;
    if (change <= enough) return answer;
  }
  return fail(ErrorCode::not_converged,
              fmt::format("prices still move after {} passes (inputs are up to {:.6g} of a cost)",
                          max_passes, contraction_),
              "price system", "raise the value-added share of the industries without any");
}

double PriceWorld::log_cost_of_living(DenialPrices const& prices,
                                      std::size_t region) const noexcept {
  double sum = 0;
  for (std::size_t j = 0; j < sectors(); ++j) {
    sum += final_share(region, j) * prices.log_prices(region, j);
  }
  return sum;
}

Result<DenseMatrix> PriceWorld::network_weights(std::size_t region) const {
  std::size_t const n = regions(), sectors = this->sectors();
  DenseMatrix total(n, sectors), wave(n, sectors), made(n, sectors);
  for (std::size_t j = 0; j < sectors; ++j) wave(region, j) = final_share(region, j);
  for (std::size_t pass = 1; pass <= max_passes; ++pass) {
    double left = 0;
    for (std::size_t c = 0; c < n * sectors; ++c) {
      total.values()[c] += wave.values()[c];
      left += wave.values()[c];
    }
    if (left * contraction_ <= near_enough * (1 - contraction_)) return total;
    // Purchases go to those who make them, and those buy their inputs.
    std::fill(made.values().begin(), made.values().end(), 0.0);
    for (std::size_t j = 0; j < sectors; ++j) {
      for (std::size_t m = 0; m < n; ++m) {
        if (wave(m, j) == 0) continue;
        auto const row = sellers(j, m);
        for (std::size_t i = 0; i < n; ++i) made(i, j) += wave(m, j) * row[i];
      }
    }
    std::fill(wave.values().begin(), wave.values().end(), 0.0);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < sectors; ++j) {
        double const* inputs = data_.input_weights.data() + (i * sectors + j) * sectors;
        double const amount = made(i, j);
        for (std::size_t k = 0; k < sectors; ++k) wave(i, k) += amount * inputs[k];
      }
    }
  }
  return fail(ErrorCode::not_converged, fmt::format("inputs of inputs after {} rounds", max_passes),
              "network weights", "raise the value-added share of the industries without any");
}

}  // namespace linchpin::leverage
