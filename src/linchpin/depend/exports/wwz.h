// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "linchpin/depend/exports/export_base.h"

namespace linchpin::depend {

/// The sixteen terms, in the order of the authors. s exporter, r importer, t, u third countries;
/// V_s L_ss and V_s B_ss are multiplied element by element, so the rows are exporting industries.
enum class WwzTerm : std::size_t {
  dva_fin,        ///< V_s B_ss Y_sr
  dva_int,        ///< V_s L_ss A_sr B_rr Y_rr
  dva_intrex_i1,  ///< V_s L_ss A_sr sum_t B_rt Y_tt
  dva_intrex_f,   ///< V_s L_ss A_sr B_rr sum_t Y_rt
  dva_intrex_i2,  ///< V_s L_ss A_sr sum_t B_rt sum_(u != s,t) Y_tu
  rdv_int,        ///< V_s L_ss A_sr B_rs Y_ss
  rdv_fin,        ///< V_s L_ss A_sr B_rr Y_rs
  rdv_fin2,       ///< V_s L_ss A_sr sum_t B_rt Y_ts
  ova_fin,        ///< sum_t V_t B_ts Y_sr
  mva_fin,        ///< V_r B_rs Y_sr
  ova_int,        ///< sum_t V_t B_ts A_sr L_rr Y_rr
  mva_int,        ///< V_r B_rs A_sr L_rr Y_rr
  ddc_fin,        ///< V_s L_ss A_sr B_rs sum_t Y_st (all t != s)
  ddc_int,        ///< (V_s B_ss - V_s L_ss) A_sr x_r
  odc,            ///< sum_t V_t B_ts A_sr L_rr E_r
  mdc,            ///< V_r B_rs A_sr L_rr E_r
};
inline constexpr std::size_t wwz_terms = 16;
/// "DVA_FIN" … "MDC", as the literature writes them, and one phrase each.
extern std::array<std::string_view, wwz_terms> const wwz_names;
extern std::array<std::string_view, wwz_terms> const wwz_meanings;

/// Terms that hold a sum over third countries, in the order of `WwzDetail::by_third`: for the first
/// four t is where value added goes next or is absorbed, for the last three where it comes from.
inline constexpr std::array<WwzTerm, 7> wwz_third_terms = {
    WwzTerm::dva_intrex_i1, WwzTerm::dva_intrex_f, WwzTerm::dva_intrex_i2, WwzTerm::rdv_fin2,
    WwzTerm::ova_fin,       WwzTerm::ova_int,      WwzTerm::odc};

/// The terms by exporting industry and importer [unit per year].
struct WwzDetail {
  DenseMatrix exports;                        ///< n x G
  std::array<DenseMatrix, wwz_terms> terms;   ///< n x G each; they sum to exports
  /// Split by third country: n x (G G), entry (i, r G + t); empty unless asked for.
  std::array<DenseMatrix, wwz_third_terms.size()> by_third;

  [[nodiscard]] DenseMatrix const& operator[](WwzTerm term) const {
    return terms[static_cast<std::size_t>(term)];
  }
};

/// The sixteen terms of every sector's exports to every partner, if asked split by third country
/// (7 n G^2 doubles: 330 MB at n = 3,465, G = 41).
///
/// Its terms mix source- and sink-based counting, and its foreign value added leaves out part of
/// what Borin & Mancini's counts; kept because much published work uses it.
/// Source: Wang, Wei & Zhu (2013), "Quantifying international production sharing at the bilateral
/// and sector levels", NBER 19677, equation 22.
/// \error too_large, cancelled  of LeontiefSystem::inverse
[[nodiscard]] Result<WwzDetail> wwz(ExportBase const& base, bool by_third_country,
                                    RunControl const& control = {});

}  // namespace linchpin::depend
