// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "linchpin/depend/exports/export_base.h"

namespace linchpin::depend {

/// The nine terms of one exporter's gross exports [unit per year]; s exporter, r, t others.
struct KwwTerms {
  /// terms[0] = T1 … terms[8] = T9:
  ///   T1  V_s B_ss sum_r Y_sr                          final goods, absorbed by the importer
  ///   T2  V_s sum_r B_sr Y_rr                          intermediates, absorbed by the importer
  ///   T3  V_s sum_r B_sr sum_(t != s,r) Y_rt           re-exported to third countries
  ///   T4  V_s sum_r B_sr Y_rs                          returns in final goods
  ///   T5  V_s sum_r B_sr A_rs L_ss Y_ss                returns in intermediates
  ///   T6  V_s sum_r B_sr A_rs L_ss E_s                 domestic double counting
  ///   T7  sum_t V_t B_ts sum_r Y_sr                    foreign value added in final goods
  ///   T8  sum_t V_t B_ts sum_r A_sr L_rr Y_rr          foreign value added in intermediates
  ///   T9  sum_t V_t B_ts sum_r A_sr L_rr E_r           foreign double counting
  std::array<double, 9> terms{};
  double exports = 0;  ///< u'E_s, the sum of the terms

  [[nodiscard]] double value_added_exports() const { return terms[0] + terms[1] + terms[2]; }
  [[nodiscard]] double reflection() const { return terms[3] + terms[4]; }
};

/// The decomposition of every region's gross exports, G entries.
///
/// Valid for whole countries only: split by sector or partner its terms are not what their names
/// say, and some turn negative. Its foreign value added mixes perspectives; Borin & Mancini's does
/// not.
/// Source: Koopman, Wang & Wei (2014), "Tracing value-added and double counting in gross exports",
/// American Economic Review 104(2), equation 36.
[[nodiscard]] std::vector<KwwTerms> kww(ExportBase const& base);

}  // namespace linchpin::depend
