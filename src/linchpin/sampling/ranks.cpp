// SPDX-License-Identifier: Apache-2.0
#include "linchpin/sampling/ranks.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "linchpin/core/contracts.h"
#include "linchpin/sampling/quantiles.h"

namespace linchpin::sampling {
namespace {

int sign(double value) { return value > 0 ? 1 : value < 0 ? -1 : 0; }

/// Places of the values, largest first.
std::vector<std::size_t> order_of(std::span<double const> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return values[a] > values[b]; });
  return order;
}

/// Calls `visit(first, end)` for each run of equal values in the order.
template <class Visit>
void each_tie(std::span<double const> values, std::vector<std::size_t> const& order,
              Visit const& visit) {
  for (std::size_t first = 0; first < order.size();) {
    std::size_t end = first + 1;
    while (end < order.size() && values[order[end]] == values[order[first]]) ++end;
    visit(first, end);
    first = end;
  }
}

}  // namespace

KendallTau kendall_tau(std::span<double const> x, std::span<double const> y) {
  LINCHPIN_EXPECTS(x.size() == y.size());
  double balance = 0, pairs = 0, apart_x = 0, apart_y = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    for (std::size_t j = i + 1; j < x.size(); ++j) {
      int const in_x = sign(x[i] - x[j]), in_y = sign(y[i] - y[j]);
      balance += in_x * in_y;
      apart_x += in_x != 0 ? 1 : 0;
      apart_y += in_y != 0 ? 1 : 0;
      ++pairs;
    }
  }
  KendallTau tau;
  if (pairs > 0) tau.a = balance / pairs;
  if (apart_x > 0 && apart_y > 0) tau.b = balance / std::sqrt(apart_x * apart_y);
  return tau;
}

DenseMatrix kendall_matrix(DenseMatrix const& values) {
  std::size_t const count = values.rows();
  DenseMatrix taus(count, count);
  for (std::size_t i = 0; i < count; ++i) {
    taus(i, i) = 1;
    for (std::size_t j = 0; j < i; ++j) {
      taus(i, j) = taus(j, i) = kendall_tau(values.row(i), values.row(j)).b;
    }
  }
  return taus;
}

std::vector<double> ranks(std::span<double const> values) {
  std::vector<double> places(values.size());
  auto const order = order_of(values);
  each_tie(values, order, [&](std::size_t first, std::size_t end) {
    double const place = static_cast<double>(first + end + 1) / 2;
    for (std::size_t at = first; at < end; ++at) places[order[at]] = place;
  });
  return places;
}

RankStatistics rank_statistics(DenseMatrix const& values, std::size_t k,
                               std::span<double const> probabilities) {
  LINCHPIN_EXPECTS(values.rows() > 0);
  std::size_t const draws = values.rows(), items = values.columns();
  RankStatistics statistics{std::vector<double>(items, 0.0),
                            DenseMatrix(items, probabilities.size())};
  DenseMatrix places(items, draws);
  for (std::size_t d = 0; d < draws; ++d) {
    auto const row = values.row(d);
    auto const order = order_of(row);
    each_tie(row, order, [&](std::size_t first, std::size_t end) {
      double const inside = static_cast<double>(std::min(k, end) - std::min(k, first));
      for (std::size_t at = first; at < end; ++at) {
        statistics.top_share[order[at]] += inside / static_cast<double>(end - first);
        places(order[at], d) = static_cast<double>(first + end + 1) / 2;
      }
    });
  }
  for (std::size_t i = 0; i < items; ++i) {
    statistics.top_share[i] /= static_cast<double>(draws);
    auto const own = places.row(i);
    std::sort(own.begin(), own.end());
    for (std::size_t p = 0; p < probabilities.size(); ++p) {
      statistics.quantiles(i, p) = sorted_quantile(own, probabilities[p]);
    }
  }
  return statistics;
}

}  // namespace linchpin::sampling
