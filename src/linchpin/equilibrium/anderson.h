// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

namespace linchpin::equilibrium {

/// Anderson acceleration of a fixed-point iteration z ← g(z): steps to the combination of the last
/// few points whose residuals g(z) − z cancel best (least squares). On a linear map this is GMRES.
///
/// Source: Walker & Ni (2011), SIAM Journal on Numerical Analysis 49(4), type II, with the least
/// squares problem solved by normal equations and a relative ridge.
class Anderson {
 public:
  /// \param size   of the vectors
  /// \param depth  differences kept
  Anderson(std::size_t size, std::size_t depth);

  /// Forgets all earlier points.
  void restart() noexcept {
    count_ = 0;
    has_last_ = false;
  }
  /// z becomes the next point; `residual` is g(z) − z at the old one.
  void step(double* z, double const* residual);

 private:
  std::size_t size_;
  std::size_t depth_;
  std::size_t count_ = 0;  ///< differences held
  std::size_t next_ = 0;   ///< where the next one goes
  bool has_last_ = false;
  std::vector<double> last_point_, last_residual_;
  std::vector<double> points_, residuals_;  ///< depth × size differences
  std::vector<double> gram_;                ///< depth × depth, kept up to date
};

}  // namespace linchpin::equilibrium
