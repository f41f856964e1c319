// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "linchpin/localize/carve.h"
#include "linchpin/study/autonomy_world.h"

namespace linchpin::study {

/// Label of the sector that a technology becomes.
inline constexpr char const* autonomy_line = "TECHNOLOGY";

/// Parameters of a technology file that are drawn together, by where they stand in their ranges.
struct PositionKind {
  std::string_view name, of;  ///< "learning_rate", "stages"
};
inline constexpr std::array position_kinds{
    PositionKind{"learning_rate", "stages"},   PositionKind{"quality_growth", "stages"},
    PositionKind{"lead_time", "stages"},       PositionKind{"capital_cost", "stages"},
    PositionKind{"minimum_quality", "stages"}, PositionKind{"step_level", "steps"},
    PositionKind{"tool_access", "tools"},      PositionKind{"tool_readiness", "tools"},
    PositionKind{"readiness_rate", "tools"},   PositionKind{"gate_access", "tools"},
    PositionKind{"gate_readiness", "tools"}};

/// Place in autonomy_number_kinds. Precondition: there is one of that name.
[[nodiscard]] std::size_t number_place(std::string_view name);

/// Values of the technology file at these positions in its ranges, one per position_kinds.
[[nodiscard]] std::vector<double> file_values(parameters::Technology const& technology,
                                              std::span<double const> positions);

/// The market of the line by the numbers of a draw and of the technology file.
[[nodiscard]] localize::MarketOutline market_of(AutonomyGround const& ground,
                                                std::span<double const> values,
                                                std::span<double const> of_file);

}  // namespace linchpin::study
