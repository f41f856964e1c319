// SPDX-License-Identifier: Apache-2.0
#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <optional>

#include "linchpin/leverage/game_parts.h"

namespace linchpin::leverage::detail {
namespace {

using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;
using Index = Eigen::Index;
using Supports = std::vector<std::vector<std::size_t>>;

constexpr int starts = 12;
constexpr int steps = 60;

/// Expected payoff of `player`'s `action` if `fixed` takes `with` and the third mixes.
double payoff_with(Game const& game, Strategies const& x, std::size_t player, std::size_t action,
                   std::size_t fixed, std::size_t with) {
  std::size_t const third = 3 - player - fixed;
  std::vector<std::size_t> actions(3);
  actions[player] = action;
  actions[fixed] = with;
  double sum = 0;
  for (std::size_t a = 0; a < x[third].size(); ++a) {
    if (x[third][a] == 0) continue;
    actions[third] = a;
    sum += x[third][a] * game.payoffs[player][game.profile(actions)];
  }
  return sum;
}

/// Indifference on the supports as equations in probabilities and values, by Newton's method with
/// the shortest step where the Jacobian is singular.
class Indifference {
 public:
  Indifference(Game const& game, Supports const& supports) : game_(game), supports_(supports) {
    for (std::size_t p = 0; p < 3; ++p) {
      first_[p] = size_;
      size_ += static_cast<Index>(supports[p].size());
    }
  }

  struct Solution {
    Strategies strategies;
    bool isolated = false;
  };

  [[nodiscard]] std::optional<Solution> solve(Strategies x, double scale) const {
    bool isolated = false;
    Vector values(3);
    for (std::size_t p = 0; p < 3; ++p) {
      values(static_cast<Index>(p)) = action_payoffs(game_, x, p)[supports_[p][0]];
    }
    for (int step = 0; step < steps; ++step) {
      Matrix jacobian = Matrix::Zero(size_ + 3, size_ + 3);
      Vector gap(size_ + 3);
      equations(x, values, scale, jacobian, gap);
      Eigen::CompleteOrthogonalDecomposition<Matrix> shortest;
      shortest.setThreshold(1e-9);
      shortest.compute(jacobian);
      isolated = shortest.rank() == size_ + 3;
      if (gap.cwiseAbs().maxCoeff() < 1e-14) break;
      Vector const move = shortest.solve(-gap);
      if (!move.allFinite() || move.cwiseAbs().maxCoeff() > 1e6) return std::nullopt;
      for (std::size_t p = 0; p < 3; ++p) {
        for (std::size_t a = 0; a < supports_[p].size(); ++a) {
          x[p][supports_[p][a]] += move(first_[p] + static_cast<Index>(a));
        }
        values(static_cast<Index>(p)) += scale * move(size_ + static_cast<Index>(p));
      }
    }
    for (std::size_t p = 0; p < 3; ++p) {
      double sum = 0;
      for (std::size_t const a : supports_[p]) {
        if (!(x[p][a] > 1e-7)) return std::nullopt;
        sum += x[p][a];
      }
      if (std::abs(sum - 1) > 1e-9) return std::nullopt;
      for (double& chance : x[p]) chance /= sum;
    }
    return Solution{std::move(x), isolated};
  }

 private:
  void equations(Strategies const& x, Vector const& values, double scale, Matrix& jacobian,
                 Vector& gap) const {
    for (std::size_t p = 0; p < 3; ++p) {
      auto const payoffs = action_payoffs(game_, x, p);
      Index const sum_row = size_ + static_cast<Index>(p);
      gap(sum_row) = -1;
      for (std::size_t a = 0; a < supports_[p].size(); ++a) {
        Index const row = first_[p] + static_cast<Index>(a);
        std::size_t const action = supports_[p][a];
        gap(row) = (payoffs[action] - values(static_cast<Index>(p))) / scale;
        gap(sum_row) += x[p][action];
        jacobian(row, sum_row) = -1;
        jacobian(sum_row, row) = 1;
        for (std::size_t other = 0; other < 3; ++other) {
          if (other == p) continue;
          for (std::size_t b = 0; b < supports_[other].size(); ++b) {
            jacobian(row, first_[other] + static_cast<Index>(b)) =
                payoff_with(game_, x, p, action, other, supports_[other][b]) / scale;
          }
        }
      }
    }
  }

  Game const& game_;
  Supports const& supports_;
  Index first_[3] = {0, 0, 0};
  Index size_ = 0;
};

/// Start number `start` on the supports: the middle, then points of a fixed irrational sequence.
Strategies start_at(Game const& game, Supports const& supports, int start) {
  Strategies x;
  std::size_t dimension = 0;
  for (std::size_t p = 0; p < 3; ++p) {
    x.emplace_back(game.players[p].actions.size(), 0.0);
    double sum = 0;
    for (std::size_t const a : supports[p]) {
      ++dimension;
      auto const d = static_cast<double>(dimension);
      double const along = start * (0.6180339887498949 * d + 0.4142135623730951 * d * d);
      double const place = along - std::floor(along);
      x[p][a] = start == 0 ? 1 : 0.05 + place;
      sum += x[p][a];
    }
    for (double& chance : x[p]) chance /= sum;
  }
  return x;
}

std::vector<std::vector<std::size_t>> subsets(std::size_t count) {
  std::vector<std::vector<std::size_t>> all;
  for (std::size_t bits = 1; bits < (std::size_t{1} << count); ++bits) {
    all.emplace_back();
    for (std::size_t a = 0; a < count; ++a) {
      if ((bits >> a & 1U) != 0) all.back().push_back(a);
    }
  }
  return all;
}

}  // namespace

MixedEquilibria mixed_by_newton(Game const& game, double tolerance, std::size_t most_supports) {
  double count = 1;
  for (Player const& player : game.players) {
    count *= std::exp2(static_cast<double>(player.actions.size()));
  }
  MixedEquilibria answer;
  if (count > static_cast<double>(most_supports)) return answer;
  double const scale = payoff_range(game);
  auto const known = [&](Strategies const& x) {
    return std::any_of(answer.found.begin(), answer.found.end(), [&](Strategies const& other) {
      return distance(other[0], x[0]) + distance(other[1], x[1]) + distance(other[2], x[2]) < 1e-7;
    });
  };
  auto const try_support = [&](Supports const& supports) {
    Indifference const system(game, supports);
    for (int start = 0; start < starts; ++start) {
      auto x = system.solve(start_at(game, supports, start), scale);
      if (!x || certified(game, x->strategies).residual > tolerance) continue;
      if (!known(x->strategies)) answer.found.push_back(std::move(x->strategies));
      answer.continuum = answer.continuum || !x->isolated;
      if (!x->isolated) return;
    }
  };
  auto const first = subsets(game.players[0].actions.size());
  auto const second = subsets(game.players[1].actions.size());
  auto const third = subsets(game.players[2].actions.size());
  for (auto const& a : first) {
    for (auto const& b : second) {
      for (auto const& c : third) {
        if (a.size() + b.size() + c.size() > 3) try_support({a, b, c});  // else pure
      }
    }
  }
  return answer;
}

}  // namespace linchpin::leverage::detail
