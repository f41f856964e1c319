// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "linchpin/core/error.h"
#include "linchpin/study/autonomy_study.h"
#include "linchpin/study/game_file.h"
#include "linchpin/study/study_file.h"

namespace linchpin::serve {

// How much work a client may ask of the server in one run, whether a field of the request or the
// text says so; the command line takes more. What is within these limits may still be stopped by
// the time a run may take.

/// Draws of one ensemble.
inline constexpr std::int64_t most_posted_draws = 100000;
/// Days simulated: draws times days times scenarios.
inline constexpr std::size_t most_draw_days = 36'500'000;
/// Games solved: draws times profiles of actions.
inline constexpr std::size_t most_draw_profiles = 2'000'000;
/// Paths of technologies: draws of the study and of its drivers, times technologies.
inline constexpr std::size_t most_draw_paths = 1'000'000;

/// Questions of leverage solved anew: draws times questions (bargains, stand-offs, sets of
/// chokepoints …).
inline constexpr std::size_t most_leverage_draws = 10'000;

/// \error bad_value  more than most_leverage_draws
[[nodiscard]] Result<void> check_leverage_draws(std::size_t draws, std::size_t questions,
                                                char const* where);

/// `draws` of `days` in each of `scenarios`.
/// \error bad_value  more than most_draw_days
[[nodiscard]] Result<void> check_draw_days(std::size_t draws, std::size_t days,
                                           std::size_t scenarios, char const* where);

/// \error bad_value  what is over its limit, all at once
[[nodiscard]] Result<void> check_work(study::Study const& study);
[[nodiscard]] Result<void> check_work(study::AutonomyStudy const& study);
[[nodiscard]] Result<void> check_work(study::GameFile const& file);

}  // namespace linchpin::serve
