// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

#include "linchpin/depend/exports/export_base.h"

namespace linchpin::depend {

/// Whose border counts when value added is counted once.
enum class Perspective : std::size_t {
  bilateral,     ///< the border from this exporter to this importer
  importer,      ///< the importer's border, whoever it buys from
  world_source,  ///< any border: counted the first time it crosses one
  world_sink,    ///< any border: counted the last time
};
inline constexpr std::size_t perspectives = 4;
extern std::array<std::string_view, perspectives> const perspective_names;

/// Exports by exporting industry and importer, n x G each; they sum to exports.
struct PerspectiveTerms {
  DenseMatrix dva;  ///< value added of the exporter, counted once
  DenseMatrix ddc;  ///< of the exporter, counted before (or after)
  DenseMatrix fva;  ///< value added of others, counted once
  DenseMatrix fdc;  ///< of others, counted before (or after)
};

/// All perspectives but the exporter's, which is bm_source and bm_sink.
///
///   bilateral   V B^\(s,r) E_sr with A_sr taken out of A: V_t B_ts (I + A_sr B_rs)^-1
///   importer    V B^\(.,r) E_sr with all A_tr, t != r, taken out: B_rr instead of all of B changes
///   world       source: V_s L_ss E_sr once, all else before; sink: V B (Y_sr + A_sr L_rr Y_rr) once
/// Summed over all flows, both views of the world count the same value added.
///
/// Source: Borin & Mancini (2019), World Bank WPS 8804, section 4.
/// \error too_large, cancelled  of LeontiefSystem::inverse
[[nodiscard]] Result<std::array<PerspectiveTerms, perspectives>> bm_perspectives(
    ExportBase const& base, RunControl const& control = {});

}  // namespace linchpin::depend
