// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "linchpin/depend/exports/export_base.h"

namespace linchpin::depend {

/// Value added in exports after Borin & Mancini, of a country or one flow [unit per year].
struct BmTerms {
  double exports = 0;
  double vax = 0;     ///< domestic value added absorbed abroad
  double ref = 0;     ///< reflection: domestic value added that returns home
  double ddc = 0;     ///< domestic content that crosses the exporter's border again
  double fva = 0;     ///< foreign value added, counted once
  double fdc = 0;     ///< foreign content that crosses the exporter's border again
  double davax = 0;   ///< part of vax: absorbed by the direct importer without leaving it
  double vaxim = 0;   ///< part of vax: absorbed by the direct importer, whatever the way

  [[nodiscard]] double dva() const { return vax + ref; }
  [[nodiscard]] double dc() const { return dva() + ddc; }
  [[nodiscard]] double fc() const { return fva + fdc; }
  /// Exports that cross more than one border.
  [[nodiscard]] double gvc() const { return exports - davax; }
  [[nodiscard]] double gvc_backward() const { return fc() + ddc; }
  [[nodiscard]] double gvc_forward() const { return gvc() - gvc_backward(); }

  BmTerms& operator+=(BmTerms const& other);
};

/// The terms by exporting industry (all value added that its exports embody, wherever in the
/// exporter it was added) and importer; n x G each.
struct BmDetail {
  DenseMatrix exports, vax, ref, ddc, fva, fdc, davax, vaxim;

  [[nodiscard]] BmTerms at(std::size_t industry, std::size_t importer) const;
  /// Sums over the industries of an exporter.
  [[nodiscard]] BmTerms of_flow(IndustrySpace const& space, RegionId exporter,
                                RegionId importer) const;
  [[nodiscard]] BmTerms of_exporter(IndustrySpace const& space, RegionId exporter) const;
};

/// Source-based: value added is counted the first time it leaves the exporter.
///   VAX_sr = V_s L_ss (Y_sr + A_sr sum_j sum_(k != s) B_rj Y_jk), REF_sr the same with k = s,
///   DDC_sr = V_s (B_ss - L_ss) E_sr, FVA_sr = sum_(t != s) V_t B^\s_ts E_sr, FDC_sr = FC - FVA,
/// with A^\s = A less the exporter's sales of intermediates abroad; V_t B^\s_ts summed over all t
/// is u' B_ss^-1 L_ss, so only the diagonal blocks of B are made, no inverse per country.
///
/// Source: Borin & Mancini (2019), World Bank WPS 8804, equations 20 to 27.
/// \error too_large, cancelled  of LeontiefSystem::diagonal_blocks
[[nodiscard]] Result<BmDetail> bm_source(ExportBase const& base, RunControl const& control = {});

/// Sink-based: value added is counted the last time it leaves the exporter. With x^(s,k) = B^\s F,
/// F = the final use of k without what it buys from s unless k = s:
///   VAX_sr = V_s B_ss (Y_sr + A_sr sum_(k != s) x^(s,k)_r), REF_sr with k = s,
///   DDC_sr = V_s B_ss A_sr B^\s_rs E_s; FVA and FDC the same with foreign content.
/// x^(s,k) is B Y less a correction of rank N. Country totals are those of the source-based terms.
///
/// Source: Borin & Mancini (2019), as above, section 3.
/// \error too_large, cancelled  of LeontiefSystem::inverse
[[nodiscard]] Result<BmDetail> bm_sink(ExportBase const& base, RunControl const& control = {});

}  // namespace linchpin::depend
