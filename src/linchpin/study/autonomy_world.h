// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/economy/economy.h"
#include "linchpin/localize/autonomy.h"
#include "linchpin/parameters/technology.h"
#include "linchpin/parameters/trade_elasticities.h"
#include "linchpin/study/autonomy_study.h"
#include "linchpin/table/trade_accounts.h"
#include "linchpin/uncertainty/ensemble.h"

namespace linchpin::study {

/// A technology of a study on a world, with everything a draw of its numbers needs.
struct AutonomyGround {
  AutonomyStudy const* study = nullptr;
  AutonomyTechnology const* asked = nullptr;
  parameters::Technology technology;
  TradeAccounts accounts;                ///< of the world, the technology in its host sector
  DenseVector theta;                     ///< long run, one per sector
  double theta_low = 0, theta_high = 0;  ///< range of the host's
  std::size_t home = 0;
  parameters::HorizonProfile profile;
  localize::LossTable first_year;  ///< loss of real final use by share made at home
  std::vector<std::string> warnings;
};

/// The numbers that an ensemble draws, with their central values: those of the study, then where in
/// its range each parameter of the technology file stands (−1 low, 0 value, 1 high; all stages
/// together), then theta of the technology.
struct AutonomyParameter {
  std::string name;
  double value = 0, low = 0, high = 0;
};
[[nodiscard]] std::vector<AutonomyParameter> autonomy_parameters(AutonomyGround const& ground);

/// The case of these numbers: technology carved out, base in equilibrium without deficits, makers
/// calibrated to it.
///
/// Stages are put together by their share in the cost of a unit: learning rate, lead time, growth
/// of the frontier; capital cost is the sum over stages. Suppliers abroad are where the cost of a
/// unit arises. Minimum qualities of uses become a beta distribution of the same mean and variance.
/// \error those of carve, calibrate, consistent_base and calibrated
[[nodiscard]] Result<localize::AutonomyCase> autonomy_case(AutonomyGround const& ground,
                                                           std::span<double const> values);

/// Loss of real final use within a year of a cut-off, by the inventory model at its defaults, at a
/// few shares made at home; the technology is carved out of `economy` for each. Shares at which a
/// capital good would not fit into investment are left out.
/// \error those of line_flows, split_sector, Economy::make and disrupt::simulate
[[nodiscard]] Result<localize::LossTable> first_year_losses(AutonomyGround const& ground,
                                                            Economy const& economy,
                                                            RunControl const& control);

/// What users should know about that table, where makers may stand at first or later: shares at
/// which more is lost than is bought abroad, though only final users buy it.
[[nodiscard]] std::vector<std::string> first_year_remarks(AutonomyGround const& ground);

}  // namespace linchpin::study
