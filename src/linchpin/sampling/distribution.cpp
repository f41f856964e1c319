// SPDX-License-Identifier: Apache-2.0
#include "linchpin/sampling/distribution.h"

#include <fmt/format.h>

#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "linchpin/core/contracts.h"

namespace linchpin::sampling {
namespace {

constexpr DistributionKind kinds[] = {DistributionKind::uniform, DistributionKind::triangular,
                                      DistributionKind::normal, DistributionKind::lognormal};

double normal_quantile(double u) { return boost::math::quantile(boost::math::normal{}, u); }

double upper_quantile() {
  static double const value = normal_quantile(0.95);
  return value;
}

struct Normal {
  double mean, sd;
};

/// The normal distribution with these 5 % and 95 % quantiles.
Normal normal_between(double low, double high) {
  return {0.5 * (low + high), (high - low) / (2 * upper_quantile())};
}

double triangle_peak(Distribution const& d) { return d.mode.value_or(0.5 * (d.low + d.high)); }

}  // namespace

char const* to_string(DistributionKind kind) noexcept {
  switch (kind) {
    case DistributionKind::uniform: return "uniform";
    case DistributionKind::triangular: return "triangular";
    case DistributionKind::normal: return "normal";
    case DistributionKind::lognormal: return "lognormal";
  }
  return "";
}

std::optional<DistributionKind> distribution_kind(std::string_view name) noexcept {
  for (auto const kind : kinds) {
    if (name == to_string(kind)) return kind;
  }
  return std::nullopt;
}

double Distribution::quantile(double u) const {
  LINCHPIN_EXPECTS(u > 0 && u < 1);
  switch (kind) {
    case DistributionKind::uniform: return low + u * (high - low);
    case DistributionKind::triangular: {
      double const peak = triangle_peak(*this);
      double const width = high - low;
      return u * width < peak - low ? low + std::sqrt(u * width * (peak - low))
                                    : high - std::sqrt((1 - u) * width * (high - peak));
    }
    case DistributionKind::normal: {
      auto const [center, sd] = normal_between(low, high);
      return center + sd * normal_quantile(u);
    }
    case DistributionKind::lognormal: {
      auto const [center, sd] = normal_between(std::log(low), std::log(high));
      return std::exp(center + sd * normal_quantile(u));
    }
  }
  return low;
}

double Distribution::standardised(double deviations) const {
  if (kind != DistributionKind::lognormal) return mean() + deviations * standard_deviation();
  auto const [center, sd] = normal_between(std::log(low), std::log(high));
  return std::exp(center + sd * deviations);
}

double Distribution::mean() const {
  switch (kind) {
    case DistributionKind::triangular: return (low + triangle_peak(*this) + high) / 3;
    case DistributionKind::lognormal: {
      auto const [center, sd] = normal_between(std::log(low), std::log(high));
      return std::exp(center + 0.5 * sd * sd);
    }
    default: return 0.5 * (low + high);
  }
}

double Distribution::standard_deviation() const {
  switch (kind) {
    case DistributionKind::uniform: return (high - low) / std::sqrt(12.0);
    case DistributionKind::triangular: {
      double const peak = triangle_peak(*this);
      double const a = peak - low, b = high - peak;
      return std::sqrt((a * a + a * b + b * b) / 18);
    }
    case DistributionKind::normal: return normal_between(low, high).sd;
    case DistributionKind::lognormal: {
      double const sd = normal_between(std::log(low), std::log(high)).sd;
      return mean() * std::sqrt(std::expm1(sd * sd));
    }
  }
  return 0;
}

Result<void> check(Distribution const& d, std::string const& where) {
  ErrorList errors;
  if (!std::isfinite(d.low) || !std::isfinite(d.high) || !(d.low < d.high)) {
    errors.add(ErrorCode::bad_value, fmt::format("low {} is not below high {}", d.low, d.high),
               where, "an uncertain number needs a range: low = 0.7, high = 0.9");
  }
  if (d.kind == DistributionKind::lognormal && !(d.low > 0)) {
    errors.add(ErrorCode::bad_value,
               fmt::format("low {} of a lognormal number is not above zero", d.low), where,
               "a lognormal number is positive: give it a positive low, or use \"normal\"");
  }
  if (d.mode && d.kind != DistributionKind::triangular) {
    errors.add(ErrorCode::bad_value,
               fmt::format("a {} distribution has no mode to choose", to_string(d.kind)), where,
               "leave out 'mode', or use distribution = \"triangular\"");
  } else if (d.mode && !(*d.mode >= d.low && *d.mode <= d.high)) {
    errors.add(ErrorCode::bad_value,
               fmt::format("mode {} lies outside low {} and high {}", *d.mode, d.low, d.high), where,
               "the mode is the likeliest value, between low and high");
  }
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

}  // namespace linchpin::sampling
