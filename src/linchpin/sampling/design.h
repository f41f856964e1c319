// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "linchpin/core/error.h"
#include "linchpin/core/random.h"
#include "linchpin/sampling/latin_hypercube.h"
#include "linchpin/sampling/sobol.h"

namespace linchpin::sampling {

enum class DesignKind {
  sobol,            ///< scrambled Sobol' points
  latin_hypercube,  ///< one draw per interval of every axis
  stroud,           ///< 2n standardised points; mean and standard deviation, no quantiles
  saltelli,         ///< groups A, B, AB_1 … AB_k of Sobol' points, for sensitivity indices
};

[[nodiscard]] char const* to_string(DesignKind kind) noexcept;
[[nodiscard]] std::optional<DesignKind> design_kind(std::string_view name) noexcept;

/// Fewest groups for which sensitivity indices are given.
inline constexpr std::size_t fewest_groups = 64;
/// Most draws of one ensemble.
inline constexpr std::size_t most_draws = 10'000'000;

/// Where to look: the draws of an ensemble over `factors` independent numbers. Draw k depends on
/// (kind, draws, factors, seed, k) alone, so draws are made as they are needed.
///
/// A Saltelli design splits N draws into G = ⌊N / (k+2)⌋ groups of k + 2: A and B are independent
/// points (the two halves of one Sobol' point of 2k coordinates), AB_i is A with coordinate i from
/// B. The N − G (k+2) draws that are left are the A and B of further groups: they serve quantiles
/// only. So all N draws are made, and 2G or a few more of them are independent.
/// Source: Saltelli et al. (2010), doi:10.1016/j.cpc.2009.09.018.
class Design {
 public:
  /// \error bad_value  no factors or no draws, too many of them, a Stroud design without exactly 2n
  ///                   draws, a Saltelli design of fewer than `fewest_groups` groups
  [[nodiscard]] static Result<Design> make(DesignKind kind, std::size_t draws, std::size_t factors,
                                           Seed seed);

  [[nodiscard]] DesignKind kind() const noexcept { return kind_; }
  [[nodiscard]] std::size_t draws() const noexcept { return draws_; }
  [[nodiscard]] std::size_t factors() const noexcept { return factors_; }
  /// True if points are numbers of standard deviations instead of shares in (0, 1).
  [[nodiscard]] bool standardised() const noexcept { return kind_ == DesignKind::stroud; }
  /// Complete groups A, B, AB_1 … AB_k; 0 for other designs. Group g is draws g (k+2) onwards.
  [[nodiscard]] std::size_t groups() const noexcept { return groups_; }
  /// True if draw `k` is a point of its own rather than a mixture of two others.
  [[nodiscard]] bool independent(std::size_t k) const noexcept;
  /// Draw `k`, one coordinate per factor.
  void point(std::size_t k, std::span<double> coordinates) const noexcept;

 private:
  Design(DesignKind kind, std::size_t draws, std::size_t factors, std::size_t groups, Seed seed);

  DesignKind kind_;
  std::size_t draws_;
  std::size_t factors_;
  std::size_t groups_;
  std::optional<SobolPoints> sobol_;
  std::optional<LatinHypercube> latin_;
};

/// The design that serves `draws` best: Saltelli's if there are enough of them for `fewest_groups`
/// groups, else Sobol' points.
[[nodiscard]] DesignKind best_design(std::size_t draws, std::size_t factors) noexcept;

}  // namespace linchpin::sampling
