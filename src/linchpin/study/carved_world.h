// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/study/leverage_carve.h"
#include "linchpin/study/leverage_study.h"
#include "linchpin/study/standoff_run.h"

namespace linchpin::study {

/// The study's world with its lines, and how to make it again at other numbers.
struct CarvedWorld {
  TradeGround plain;
  std::vector<CarveLine> lines;
  CarveRanges ranges;
  TradeModelSpec model;  ///< with the elasticities of the accounts
  TradeGround central;
};

[[nodiscard]] Seed seed_of(LeverageSpec const& spec);

/// The carved world at the numbers of a draw, with `lines` in the place of its own. Keeps
/// references.
[[nodiscard]] DrawnGround drawn_ground(CarvedWorld const& carved,
                                       std::vector<CarveLine> const& lines, Seed seed);

/// A stand-off on the world with `lines` in the place of its own, `central` at central numbers.
/// \error of run_standoff
[[nodiscard]] Result<StandoffAnswer> standoff_on(
    CarvedWorld const& carved, std::vector<CarveLine> const& lines, TradeGround const& central,
    LeverageSpec const& spec, StandoffSpec const& standoff, Economy const& economy,
    ParameterSource const& source, RunControl const& control);

/// Power of all others over the home region of a line, and the stand-offs of the study, at the
/// shares of a path: typed, or computed by an autonomy study. Into `answer`.
/// \error of autonomy_path; bad_value (a path of another region or of another host); of run_power
///        and run_standoff
[[nodiscard]] Result<void> ask_after(LeverageSpec const& spec, CarvedWorld const& carved,
                                     Economy const& economy, ParameterSource const& source,
                                     LeverageStudyAnswer& answer, RunControl const& control);

}  // namespace linchpin::study
