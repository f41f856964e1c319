// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "linchpin/localize/autonomy.h"
#include "linchpin/parameters/trade_elasticities.h"

namespace linchpin::study {

/// What the programme takes from a sector of another region: output with it against without it, at
/// first-year prices.
struct SectorLoss {
  std::size_t region = 0, sector = 0;
  double value = 0;         ///< [unit of the world per year]
  double of_sector = 0;     ///< over what it makes without the programme
  double of_final_use = 0;  ///< over final spending of its region in the first year
};

/// What it would cost a region if the newcomer stopped selling to it, to first order: final use
/// lost is s × −ln(1 − ω) / θ, with s the line's purchases over final use and ω the newcomer's
/// share in them (Arkolakis, Costinot & Rodríguez-Clare 2012, one sector). Shares of real final
/// use; empty where everything is bought from the newcomer.
struct NewcomerStop {
  std::optional<double> soon;     ///< θ half a year after
  std::optional<double> settled;  ///< θ of the long run
};

/// A region other than the newcomer in a year.
struct RegionAbroad {
  bool makes_line = false;
  double real_final_use = 0;                  ///< change by the programme, share
  double line_output = 0;                     ///< change of the quantity made of the line, share
  double line_lost = 0;                       ///< the same at first-year prices [unit per year]
  double line_lost_of_world = 0;              ///< over what the world made in the first year
  std::optional<std::size_t> hardest_hit;     ///< sector that loses most output; empty: none loses
  double hardest_hit_output = 0;              ///< its change, share
  double newcomer = 0, newcomer_without = 0;  ///< share in what it buys of the line
  double bought = 0;  ///< that share of its purchases, at first-year prices [unit per year]
  NewcomerStop stop, stop_without;
};

struct AbroadYear {
  int year = 0;
  std::vector<RegionAbroad> regions;  ///< all of the world; that of home is empty
  std::vector<SectorLoss> losses;     ///< of others, largest value first; what is lost, not gained
};

/// Reads what the programme does to others off central paths. \pre the curve was run by region
[[nodiscard]] std::vector<AbroadYear> abroad_of(localize::CoupledCase const& technology,
                                                localize::AutonomyCurve const& curve,
                                                parameters::HorizonProfile const& horizon);

/// The loss of NewcomerStop. \pre 0 <= purchases, 0 <= share <= 1, theta > 0
[[nodiscard]] std::optional<double> stop_loss(double purchases, double share, double theta);

}  // namespace linchpin::study
