// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "linchpin/core/error.h"

namespace linchpin::sampling {

enum class DistributionKind { uniform, triangular, normal, lognormal };

[[nodiscard]] char const* to_string(DistributionKind kind) noexcept;
[[nodiscard]] std::optional<DistributionKind> distribution_kind(std::string_view name) noexcept;

/// How a number is uncertain.
///   uniform, triangular  all values lie between `low` and `high`; the triangle's peak is at `mode`,
///                        half-way if there is none
///   normal, lognormal    `low` and `high` are the 5 % and the 95 % quantile: one draw in ten lies
///                        outside them
struct Distribution {
  DistributionKind kind = DistributionKind::uniform;
  double low = 0;
  double high = 1;
  std::optional<double> mode = std::nullopt;  ///< of a triangular one

  /// The value that a share `u` in (0, 1) of the draws lies below. Precondition: checked.
  [[nodiscard]] double quantile(double u) const;
  /// `deviations` standard deviations above the mean; of the logarithm, where it is lognormal.
  [[nodiscard]] double standardised(double deviations) const;
  [[nodiscard]] double mean() const;
  [[nodiscard]] double standard_deviation() const;
};

/// \error bad_value  `low` is not below `high`, `mode` lies outside them or belongs to no triangle,
///                   or a lognormal number is not positive; all of them, `where` in each
[[nodiscard]] Result<void> check(Distribution const& distribution, std::string const& where);

}  // namespace linchpin::sampling
