// SPDX-License-Identifier: Apache-2.0
#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <limits>

#include "linchpin/leverage/game_parts.h"

namespace linchpin::leverage::detail {
namespace {

using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;
using Index = Eigen::Index;

constexpr double tight = 1e-9;  // of a constraint, payoffs scaled to 1 … 2

/// A vertex of {x ≥ 0, M x ≤ 1}, its probabilities and the constraints that hold with equality:
/// first x_i = 0, then rows of M.
struct Vertex {
  std::vector<double> strategy;
  std::vector<bool> labels;
};

/// All vertices but 0, each once. M is positive, so the polytope is bounded.
std::vector<Vertex> vertices(Matrix const& rows) {
  Index const n = rows.cols(), m = rows.rows();
  Matrix all(n + m, n);
  all << Matrix::Identity(n, n), rows;
  Vector right(n + m);
  right << Vector::Zero(n), Vector::Ones(m);
  std::vector<Vertex> found;
  std::vector<bool> in_basis(static_cast<std::size_t>(n + m), false);
  std::fill(in_basis.begin(), in_basis.begin() + n, true);
  Matrix basis(n, n);
  Vector rhs(n);
  do {
    Index row = 0;
    for (Index c = 0; c < n + m; ++c) {
      if (!in_basis[static_cast<std::size_t>(c)]) continue;
      basis.row(row) = all.row(c);
      rhs(row++) = right(c);
    }
    if (rhs.isZero()) continue;
    Eigen::FullPivLU<Matrix> const lu(basis);
    if (!lu.isInvertible()) continue;
    Vector const x = lu.solve(rhs);
    Vector const slack = rows * x;
    if (x.minCoeff() < -tight || slack.maxCoeff() > 1 + tight) continue;
    Vertex vertex;
    double const sum = x.cwiseMax(0).sum();
    for (Index i = 0; i < n; ++i) {
      bool const zero = x(i) <= tight * sum;
      vertex.strategy.push_back(zero ? 0 : x(i) / sum);
      vertex.labels.push_back(zero);
    }
    for (Index j = 0; j < m; ++j) vertex.labels.push_back(slack(j) >= 1 - tight);
    auto const same = [&](Vertex const& other) {
      return distance(other.strategy, vertex.strategy) < 1e-8;
    };
    if (std::none_of(found.begin(), found.end(), same)) found.push_back(std::move(vertex));
  } while (std::prev_permutation(in_basis.begin(), in_basis.end()));
  return found;
}

}  // namespace

double payoff_range(Game const& game) {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (auto const& list : game.payoffs) {
    for (double const value : list) {
      low = std::min(low, value);
      high = std::max(high, value);
    }
  }
  return std::max(high - low, 1e-300);
}

double distance(std::vector<double> const& a, std::vector<double> const& b) {
  double most = 0;
  for (std::size_t i = 0; i < a.size(); ++i) most = std::max(most, std::abs(a[i] - b[i]));
  return most;
}

std::vector<std::vector<std::size_t>> undominated(Game const& game) {
  std::vector<std::vector<std::size_t>> kept;
  for (Player const& player : game.players) {
    kept.emplace_back(player.actions.size());
    for (std::size_t a = 0; a < kept.back().size(); ++a) kept.back()[a] = a;
  }
  auto const left = [&](std::size_t player, std::vector<std::size_t> const& actions) {
    for (std::size_t p = 0; p < kept.size(); ++p) {
      bool const in = std::find(kept[p].begin(), kept[p].end(), actions[p]) != kept[p].end();
      if (p != player && !in) return false;
    }
    return true;
  };
  auto const worse = [&](std::size_t player, std::size_t action, std::size_t other) {
    for (std::size_t profile = 0; profile < game.profiles(); ++profile) {
      auto actions = game.actions(profile);
      if (actions[player] != action || !left(player, actions)) continue;
      double const own = game.payoffs[player][profile];
      actions[player] = other;
      if (!(own < game.payoffs[player][game.profile(actions)])) return false;
    }
    return true;
  };
  for (bool again = true; again;) {
    again = false;
    for (std::size_t p = 0; p < kept.size(); ++p) {
      auto const beaten = [&](std::size_t action) {
        return std::any_of(kept[p].begin(), kept[p].end(), [&](std::size_t other) {
          return other != action && worse(p, action, other);
        });
      };
      std::vector<std::size_t> stay;
      std::copy_if(kept[p].begin(), kept[p].end(), std::back_inserter(stay),
                   [&](std::size_t action) { return !beaten(action); });
      again = again || stay.size() < kept[p].size();
      kept[p] = std::move(stay);
    }
  }
  return kept;
}

Game restricted(Game const& game, std::vector<std::vector<std::size_t>> const& kept) {
  Game small;
  for (std::size_t p = 0; p < kept.size(); ++p) {
    small.players.push_back({game.players[p].name, {}});
    for (std::size_t const a : kept[p]) {
      small.players[p].actions.push_back(game.players[p].actions[a]);
    }
  }
  for (auto const& list : game.payoffs) {
    small.payoffs.emplace_back();
    for (std::size_t profile = 0; profile < small.profiles(); ++profile) {
      auto actions = small.actions(profile);
      for (std::size_t p = 0; p < kept.size(); ++p) actions[p] = kept[p][actions[p]];
      small.payoffs.back().push_back(list[game.profile(actions)]);
    }
  }
  return small;
}

std::vector<Strategies> extreme_equilibria(Game const& game) {
  auto const m = static_cast<Index>(game.players[0].actions.size());
  auto const n = static_cast<Index>(game.players[1].actions.size());
  // Payoffs of each player scaled to 1 … 2: positive, and no unit in the tolerances.
  Matrix payoff[2] = {Matrix(m, n), Matrix(m, n)};
  for (std::size_t p = 0; p < 2; ++p) {
    auto const [low, high] = std::minmax_element(game.payoffs[p].begin(), game.payoffs[p].end());
    double const range = *high > *low ? *high - *low : 1;
    for (Index i = 0; i < m; ++i) {
      for (Index j = 0; j < n; ++j) {
        payoff[p](i, j) = 1 + (game.payoffs[p][static_cast<std::size_t>(i * n + j)] - *low) / range;
      }
    }
  }
  auto const first = vertices(payoff[1].transpose());  // labels: own actions, then the other's
  auto const second = vertices(payoff[0]);
  std::vector<Strategies> found;
  for (Vertex const& x : first) {
    for (Vertex const& y : second) {
      bool whole = true;
      for (std::size_t i = 0; i < x.strategy.size() && whole; ++i) {
        whole = x.labels[i] || y.labels[y.strategy.size() + i];
      }
      for (std::size_t j = 0; j < y.strategy.size() && whole; ++j) {
        whole = y.labels[j] || x.labels[x.strategy.size() + j];
      }
      if (whole) found.push_back({x.strategy, y.strategy});
    }
  }
  return found;
}

}  // namespace linchpin::leverage::detail
