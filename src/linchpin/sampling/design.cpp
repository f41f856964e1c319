// SPDX-License-Identifier: Apache-2.0
#include "linchpin/sampling/design.h"

#include <fmt/format.h>

#include "linchpin/core/contracts.h"
#include "linchpin/sampling/stroud.h"

namespace linchpin::sampling {
namespace {

constexpr DesignKind kinds[] = {DesignKind::sobol, DesignKind::latin_hypercube, DesignKind::stroud,
                                DesignKind::saltelli};
constexpr std::size_t most_factors = SobolPoints::most_dimensions / 2;

}  // namespace

char const* to_string(DesignKind kind) noexcept {
  switch (kind) {
    case DesignKind::sobol: return "sobol";
    case DesignKind::latin_hypercube: return "latin_hypercube";
    case DesignKind::stroud: return "stroud";
    case DesignKind::saltelli: return "saltelli";
  }
  return "";
}

std::optional<DesignKind> design_kind(std::string_view name) noexcept {
  for (auto const kind : kinds) {
    if (name == to_string(kind)) return kind;
  }
  return std::nullopt;
}

DesignKind best_design(std::size_t draws, std::size_t factors) noexcept {
  return draws >= fewest_groups * (factors + 2) ? DesignKind::saltelli : DesignKind::sobol;
}

Result<Design> Design::make(DesignKind kind, std::size_t draws, std::size_t factors, Seed seed) {
  if (factors == 0 || factors > most_factors) {
    return fail(ErrorCode::bad_value,
                fmt::format("{} uncertain numbers", factors == 0 ? "no" : fmt::to_string(factors)),
                "ensemble", fmt::format("name between 1 and {} of them", most_factors));
  }
  if (draws == 0 || draws > most_draws) {
    return fail(ErrorCode::bad_value, fmt::format("{} draws", draws), "ensemble",
                fmt::format("make between 1 and {} draws", most_draws));
  }
  if (kind == DesignKind::stroud && draws != 2 * factors) {
    return fail(ErrorCode::bad_value,
                fmt::format("a Stroud design of {} uncertain numbers has {} draws, not {}", factors,
                            2 * factors, draws),
                "ensemble", fmt::format("make {} draws, or use a Sobol' design", 2 * factors));
  }
  auto const groups = kind == DesignKind::saltelli ? draws / (factors + 2) : 0;
  if (kind == DesignKind::saltelli && groups < fewest_groups) {
    return fail(ErrorCode::bad_value,
                fmt::format("{} draws are too few for sensitivity indices of {} uncertain numbers",
                            draws, factors),
                "ensemble",
                fmt::format("make at least {} draws, or use a Sobol' design",
                            fewest_groups * (factors + 2)));
  }
  return Design(kind, draws, factors, groups, seed);
}

Design::Design(DesignKind kind, std::size_t draws, std::size_t factors, std::size_t groups,
               Seed seed)
    : kind_(kind), draws_(draws), factors_(factors), groups_(groups) {
  if (kind == DesignKind::sobol) sobol_.emplace(factors, seed);
  if (kind == DesignKind::saltelli) sobol_.emplace(2 * factors, seed);
  if (kind == DesignKind::latin_hypercube) latin_.emplace(draws, seed);
}

bool Design::independent(std::size_t k) const noexcept {
  auto const size = factors_ + 2;
  return kind_ != DesignKind::saltelli || k >= groups_ * size || k % size < 2;
}

void Design::point(std::size_t k, std::span<double> coordinates) const noexcept {
  LINCHPIN_EXPECTS(k < draws_ && coordinates.size() == factors_);
  auto const size = factors_ + 2;
  for (std::size_t d = 0; d < factors_; ++d) {
    switch (kind_) {
      case DesignKind::sobol: coordinates[d] = sobol_->at(k, d); break;
      case DesignKind::latin_hypercube: coordinates[d] = latin_->at(k, d); break;
      case DesignKind::stroud: coordinates[d] = stroud_at(factors_, k, d); break;
      case DesignKind::saltelli: {
        bool const left_over = k >= groups_ * size;
        auto const rest = left_over ? k - groups_ * size : k % size;
        auto const group = left_over ? groups_ + rest / 2 : k / size;
        bool const from_b = left_over ? rest % 2 == 1 : rest == 1 || rest == d + 2;
        coordinates[d] = sobol_->at(group, from_b ? factors_ + d : d);
        break;
      }
    }
  }
}

}  // namespace linchpin::sampling
