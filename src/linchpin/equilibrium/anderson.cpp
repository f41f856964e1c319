// SPDX-License-Identifier: Apache-2.0
#include "linchpin/equilibrium/anderson.h"

#include <Eigen/Dense>
#include <algorithm>

namespace linchpin::equilibrium {
namespace {

using Map = Eigen::Map<Eigen::VectorXd>;
using ConstMap = Eigen::Map<Eigen::VectorXd const>;

/// Relative ridge of the normal equations: below it differences count as dependent.
constexpr double ridge = 1e-14;

Eigen::Index index(std::size_t value) { return static_cast<Eigen::Index>(value); }

}  // namespace

Anderson::Anderson(std::size_t size, std::size_t depth)
    : size_(size),
      depth_(depth),
      last_point_(size),
      last_residual_(size),
      points_(size * depth),
      residuals_(size * depth),
      gram_(depth * depth) {}

void Anderson::step(double* z, double const* residual) {
  auto const n = index(size_);
  ConstMap const now(residual, n);
  Map point(z, n);
  if (has_last_ && depth_ > 0) {
    Map new_point(points_.data() + next_ * size_, n);
    Map new_residual(residuals_.data() + next_ * size_, n);
    new_point = point - Map(last_point_.data(), n);
    new_residual = now - Map(last_residual_.data(), n);
    count_ = std::min(count_ + 1, depth_);
    for (std::size_t k = 0; k < count_; ++k) {
      auto const dot = new_residual.dot(Map(residuals_.data() + k * size_, n));
      gram_[k * depth_ + next_] = dot;
      gram_[next_ * depth_ + k] = dot;
    }
    next_ = (next_ + 1) % depth_;
  }
  std::copy(z, z + size_, last_point_.begin());
  std::copy(residual, residual + size_, last_residual_.begin());
  has_last_ = true;

  if (count_ == 0) {
    point += now;
    return;
  }
  auto const m = index(count_);
  Eigen::MatrixXd gram(m, m);
  Eigen::VectorXd right(m);
  for (Eigen::Index a = 0; a < m; ++a) {
    for (Eigen::Index b = 0; b < m; ++b) {
      gram(a, b) = gram_[static_cast<std::size_t>(a) * depth_ + static_cast<std::size_t>(b)];
    }
    right(a) = Map(residuals_.data() + static_cast<std::size_t>(a) * size_, n).dot(now);
  }
  // Scaled to a unit diagonal: differences shrink by many orders on the way.
  Eigen::VectorXd scale = gram.diagonal();
  for (Eigen::Index a = 0; a < m; ++a) scale(a) = scale(a) > 0 ? 1 / std::sqrt(scale(a)) : 0.0;
  gram = scale.asDiagonal() * gram * scale.asDiagonal();
  gram.diagonal().array() += ridge;
  Eigen::VectorXd const gamma =
      scale.asDiagonal() * gram.ldlt().solve(scale.asDiagonal() * right).eval();
  point += now;
  if (!gamma.allFinite()) {
    restart();
    return;
  }
  for (Eigen::Index a = 0; a < m; ++a) {
    auto const at = static_cast<std::size_t>(a) * size_;
    point -= gamma(a) * (Map(points_.data() + at, n) + Map(residuals_.data() + at, n));
  }
}

}  // namespace linchpin::equilibrium
