// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/economy/economy.h"
#include "linchpin/study/parameter_source.h"
#include "linchpin/study/placed.h"

namespace linchpin::study {

/// Which path: `autonomy = "02-chip-autonomy.toml"`, `technology = "ai-chips"` of a study.
struct AutonomyPathAsk {
  Placed<std::string> file;                       ///< an autonomy study, as named
  std::optional<Placed<std::string>> technology;  ///< of it; empty: the only one it has
  std::vector<int> years;                         ///< empty: every year of the study
  bool programme = true;                          ///< false: what would happen without it
};

/// A year of a computed path of making a technology at home.
struct AutonomyPathYear {
  int year = 0;
  double home_share = 0;     ///< of the quantity demanded at home, served from home
  double home_spending = 0;  ///< of what the region spends on the technology: what a table of
                             ///< values (a carved line, a share in power) has to be given
  double price = 1;          ///< at home over abroad, before subsidy and tariff
  double quality = 1;        ///< at home relative to the frontier
  double cost_pct =
      0;  ///< what the programme costs in that year, % of real final use; 0 without it
};

struct AutonomyPath {
  std::string technology, title;  ///< name and words
  std::string region, host;       ///< region that learns; sector the technology belongs to
  std::vector<AutonomyPathYear> years;
  std::string words;  ///< where the path is from, in a sentence
};

/// The central path of a technology of an autonomy study on `economy`, from the preset that the
/// study names: no draws, no cut-offs. The world the study names is not opened: shares are those of
/// `economy`. Years are in the order asked.
///
/// Files that the study names are looked for beside it.
/// \error of `files.read` (a server opens no study of a client), of read_autonomy_study (with the
///        study's lines), unknown_label (technology, region, sector), missing_value (several
///        technologies and none named), bad_value (a year outside the study); of autonomy_paths
[[nodiscard]] Result<AutonomyPath> autonomy_path(AutonomyPathAsk const& ask, Economy const& economy,
                                                 ParameterSource const& files,
                                                 RunControl const& control = {});

/// Looks whether the study and its technology are there, have the years asked, and know the labels
/// of a world; nothing is computed.
/// \error as autonomy_path, all at once
[[nodiscard]] Result<void> check_autonomy_path(AutonomyPathAsk const& ask,
                                               IndustrySpace const& space,
                                               ParameterSource const& files);

}  // namespace linchpin::study
