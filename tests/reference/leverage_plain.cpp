// SPDX-License-Identifier: Apache-2.0
#include "leverage_plain.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

namespace linchpin::test {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

std::vector<std::size_t> members(unsigned set, std::size_t count) {
  std::vector<std::size_t> list;
  for (std::size_t a = 0; a < count; ++a) {
    if ((set >> a & 1U) != 0) list.push_back(a);
  }
  return list;
}

/// Cramer's rule by the permutation expansion: no pivots, no library.
double determinant(std::vector<std::vector<double>> const& m) {
  if (m.empty()) return 1;
  double sum = 0;
  for (std::size_t c = 0; c < m.size(); ++c) {
    std::vector<std::vector<double>> minor;
    for (std::size_t r = 1; r < m.size(); ++r) {
      minor.emplace_back();
      for (std::size_t k = 0; k < m.size(); ++k) {
        if (k != c) minor.back().push_back(m[r][k]);
      }
    }
    sum += (c % 2 == 0 ? 1 : -1) * m[0][c] * determinant(minor);
  }
  return sum;
}

/// Odds of the actions `mine` that make all of `theirs` worth the same: payoff[theirs][mine].
std::optional<std::vector<double>> indifferent(std::vector<std::vector<double>> const& payoff,
                                               std::vector<std::size_t> const& mine,
                                               std::vector<std::size_t> const& theirs,
                                               std::size_t actions) {
  std::size_t const size = mine.size();
  // Unknowns: the odds, then the common worth. Rows: one per action of theirs, then the sum.
  std::vector<std::vector<double>> system(size + 1, std::vector<double>(size + 1, 0.0));
  for (std::size_t r = 0; r < size; ++r) {
    for (std::size_t c = 0; c < size; ++c) system[r][c] = payoff[theirs[r]][mine[c]];
    system[r][size] = -1;
  }
  for (std::size_t c = 0; c < size; ++c) system[size][c] = 1;
  double const whole = determinant(system);
  if (std::abs(whole) < 1e-12) return std::nullopt;
  std::vector<double> odds(actions, 0.0);
  for (std::size_t c = 0; c < size; ++c) {
    auto replaced = system;
    for (std::size_t r = 0; r <= size; ++r) replaced[r][c] = r == size ? 1 : 0;
    odds[mine[c]] = determinant(replaced) / whole;
    if (odds[mine[c]] <= 0) return std::nullopt;
  }
  return odds;
}

}  // namespace

double plain_cost_of_living(PlainPrices const& world, PlainDenial const& denied,
                            std::size_t region) {
  std::size_t const sectors = world.theta.size(), regions = world.spending.size();
  std::vector<std::vector<double>> price(regions, std::vector<double>(sectors, 1.0));
  for (double moved = 1; moved > 1e-15;) {
    moved = 0;
    auto next = price;
    for (std::size_t n = 0; n < regions; ++n) {
      for (std::size_t j = 0; j < sectors; ++j) {
        double sum = 0, bought = 0;
        for (std::size_t i = 0; i < regions; ++i) {
          bought += world.share[j][n][i];
          if (denied.contains({j, n, i})) continue;
          double cost = 1;
          for (std::size_t k = 0; k < sectors; ++k) {
            cost *= std::pow(price[i][k], world.input[i][j][k]);
          }
          sum += world.share[j][n][i] * std::pow(cost, -world.theta[j]);
        }
        next[n][j] = bought == 0 ? 1 : std::pow(sum, -1 / world.theta[j]);
        // Prices without a seller are infinite from the first pass on.
        if (next[n][j] != price[n][j]) {
          moved = std::max(
              moved, std::isfinite(next[n][j]) ? std::abs(next[n][j] / price[n][j] - 1) : 1.0);
        }
      }
    }
    price = next;
  }
  double cost = 1;
  for (std::size_t j = 0; j < sectors; ++j) {
    if (world.final_share[region][j] > 0) {
      cost *= std::pow(price[region][j], world.final_share[region][j]);
    }
  }
  return std::isfinite(cost) ? cost : infinite;
}

double plain_liu_yang(PlainPrices const& world, std::size_t sender, std::size_t target) {
  auto const part = [&](std::size_t buyer, std::size_t seller) {
    double all = 0, sum = 0;
    for (double const each : world.spending[buyer]) all += each;
    for (std::size_t k = 0; k < world.theta.size(); ++k) {
      sum += world.share[k][buyer][seller] * world.spending[buyer][k] / all / world.theta[k];
    }
    return sum;
  };
  return part(target, sender) - part(sender, target);
}

PlainChokepoint plain_chokepoint(PlainPrices const& world, std::size_t target, std::size_t k) {
  std::vector<std::pair<std::size_t, std::size_t>> links;
  for (std::size_t i = 0; i < world.spending.size(); ++i) {
    for (std::size_t j = 0; i != target && j < world.theta.size(); ++j) {
      if (world.share[j][target][i] > 0) links.emplace_back(i, j);
    }
  }
  PlainChokepoint best;
  for (unsigned set = 1; set < 1U << links.size(); ++set) {
    auto const taken = members(set, links.size());
    if (taken.size() > k) continue;
    PlainDenial denied;
    for (auto const link : taken) denied.insert({links[link].second, target, links[link].first});
    double const log_cost = std::log(plain_cost_of_living(world, denied, target));
    if (!std::isfinite(log_cost) || log_cost <= best.log_cost) continue;
    best.log_cost = log_cost;
    best.links.clear();
    for (auto const link : taken) best.links.insert(links[link]);
  }
  return best;
}

std::vector<std::vector<std::vector<double>>> plain_nash(
    std::vector<std::vector<double>> const& row, std::vector<std::vector<double>> const& column) {
  std::size_t const a = row.size(), b = row.front().size();
  auto turned = std::vector<std::vector<double>>(b, std::vector<double>(a));
  for (std::size_t r = 0; r < a; ++r) {
    for (std::size_t c = 0; c < b; ++c) turned[c][r] = column[r][c];
  }
  auto const best_answer = [](std::vector<std::vector<double>> const& payoff,
                              std::vector<double> const& theirs, std::vector<double> const& mine) {
    double most = -infinite, got = 0;
    for (std::size_t x = 0; x < payoff.size(); ++x) {
      double worth = 0;
      for (std::size_t y = 0; y < theirs.size(); ++y) worth += payoff[x][y] * theirs[y];
      most = std::max(most, worth);
      got += worth * mine[x];
    }
    return got >= most - 1e-9;
  };
  std::vector<std::vector<std::vector<double>>> found;
  for (unsigned s = 1; s < 1U << a; ++s) {
    for (unsigned t = 1; t < 1U << b; ++t) {
      auto const rows = members(s, a), columns = members(t, b);
      if (rows.size() != columns.size()) continue;
      auto const y = indifferent(row, columns, rows, b);
      auto const x = indifferent(turned, rows, columns, a);
      if (!x || !y) continue;
      if (best_answer(row, *y, *x) && best_answer(turned, *x, *y)) found.push_back({*x, *y});
    }
  }
  return found;
}

}  // namespace linchpin::test
