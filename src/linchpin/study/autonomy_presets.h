// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/localize/autonomy.h"
#include "linchpin/study/autonomy_world.h"

namespace linchpin::study {

/// Whether a preset that is asked for can be made of the numbers of a technology.
/// \error missing_value  no number says which end is the sceptic's
[[nodiscard]] Result<void> check_sides(AutonomyTechnology const& technology,
                                       AutonomyAsks const& asks);

/// The numbers of autonomy_parameters as a preset has them: those of the market at the end that is
/// the sceptic's (or the other, for the optimist), stages where the preset of the technology file
/// has them, theta at its value. Ranges stay.
/// \error unknown_label  the technology has no such preset
[[nodiscard]] Result<std::vector<AutonomyParameter>> preset_parameters(AutonomyGround const& ground,
                                                                       std::string_view preset);

/// The central path of one preset.
struct PresetPath {
  std::string preset;
  localize::AutonomyCurve curve;
  std::optional<std::size_t> manageable;
  localize::Insurance insurance;
  std::vector<std::string> remarks = {};  ///< where its losses should not be taken as they are
};

/// Sceptic, central and optimist, in this order.
/// \error as preset_parameters, autonomy_case and localize::autonomy_curve, with the preset
[[nodiscard]] Result<std::vector<PresetPath>> run_presets(AutonomyGround const& ground,
                                                          RunControl const& control);

}  // namespace linchpin::study
