// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/depend/leontief_system.h"

namespace linchpin::depend {

/// What all decompositions of exports share, made once per system. n industries, G regions; s the
/// exporter, r the importer, N the industries of a region; B = (I - A)^-1 with blocks B_rs.
struct ExportBase {
  LeontiefSystem system;
  DenseMatrix exports = {};        ///< E, n x G: sales of i to industries and final use of r != own
  DenseVector total_exports = {};  ///< n: E summed over importers
  DenseMatrix content = {};        ///< G x n: V_t B_t,i value added of t in one unit of i's final output
  DenseVector all_content = {};    ///< n: content summed over t; 1 wherever there is output
  DenseMatrix absorbed = {};       ///< n x G: B Y, output of i for the final use of each region
  std::vector<DenseMatrix> local_inverses = {};  ///< G of N x N: L_ss = (I - A_ss)^-1
  DenseVector local_content = {};                ///< n: V_s L_ss
  DenseVector local_final = {};                  ///< n: L_rr Y_rr
  DenseVector local_exports = {};                ///< n: L_rr E_r

  [[nodiscard]] IndustrySpace const& space() const noexcept { return system.space(); }
  [[nodiscard]] std::size_t first(std::size_t region) const {
    return space().first_of(RegionId{region}).index();
  }
  [[nodiscard]] std::size_t last(std::size_t region) const {
    return space().last_of(RegionId{region}).index();
  }
  /// V_s B_ss for an industry of s: its own region's value added in its product.
  [[nodiscard]] double own_content(std::size_t industry) const;
  /// Sum over t != s of V_t B_ts.
  [[nodiscard]] double foreign_content(std::size_t industry) const;
};

/// Two times G solves (from the left and from the right) and G local inverses.
/// Source: Borin & Mancini (2019), "Measuring what matters in global value chains and value-added
/// trade", World Bank WPS 8804, section 2.
/// \error missing_value  fewer than two regions: there are no exports
/// \error cancelled      `control.cancel` was set
[[nodiscard]] Result<ExportBase> export_base(LeontiefSystem const& system,
                                             RunControl const& control = {});

/// For each region r and column k of `per_industry` (n x K): sum over h in r of A_ih X_hk, for all
/// industries i outside r, as n x (G K): entry (i, r K + k); zero for i in r. What the exports of
/// intermediates of i to r carry of X.
/// \error cancelled  `control.cancel` was set
[[nodiscard]] Result<DenseMatrix> through_importers(LeontiefSystem const& system,
                                                    DenseMatrix const& per_industry,
                                                    RunControl const& control);

}  // namespace linchpin::depend
