// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

namespace linchpin::localize {

/// How defects spread over a wafer.
enum class YieldModel {
  poisson,            ///< evenly: e^-AD
  murphy,             ///< densities in a triangle: ((1 - e^-AD) / AD)^2
  seeds,              ///< exponential densities: 1 / (1 + AD)
  negative_binomial,  ///< clusters of strength alpha: (1 + AD/alpha)^-alpha
};

[[nodiscard]] char const* to_string(YieldModel model) noexcept;
[[nodiscard]] std::optional<YieldModel> yield_model(std::string_view name) noexcept;

/// Share of dies without a killing defect, in (0, 1].
/// \param area        of a die [cm²], >= 0
/// \param defects     killing defects [per cm²], >= 0
/// \param clustering  alpha of the negative binomial, > 0; infinity is Poisson, 1 is Seeds
///
/// Sources: Murphy (1964), Proc. IEEE 52(12), doi:10.1109/PROC.1964.3442; Seeds (1967), IEEE Int.
/// Conv. Record; Stapper (1973), IEEE Trans. Electron Devices 20(7), doi:10.1109/T-ED.1973.17719.
[[nodiscard]] double die_yield(YieldModel model, double area, double defects,
                               double clustering = 2);

/// Whole and broken dies of `die_area` [mm²] that a round wafer of `diameter` [mm] gives, about:
/// π (d/2)² / S - π d / √(2 S); 0 where that is negative. Not rounded: an average.
/// Preconditions: both above 0.
[[nodiscard]] double dies_per_wafer(double diameter, double die_area);

/// A package of several dies.
struct Package {
  double wafer_cost = 0;      ///< [money]
  double dies_per_wafer = 1;  ///< gross
  double die_yield = 1;       ///< share of good ones, (0, 1]
  int dies = 1;               ///< in one package
  double other_cost = 0;      ///< substrate, memory, assembly, test [money per package]
  double package_yield = 1;   ///< of assembly, (0, 1]
};

/// Cost of a good package when only tested dies are packaged ("known good die"):
/// (dies wafer_cost / (dies_per_wafer die_yield) + other_cost) / package_yield.
/// Precondition: shares in (0, 1], dies_per_wafer > 0, dies >= 1.
[[nodiscard]] double cost_of_known_good_dies(Package const& package);
/// The same when dies are packaged untested: every one of them must be good,
/// (dies wafer_cost / dies_per_wafer + other_cost) / (package_yield die_yield^dies).
[[nodiscard]] double cost_of_untested_dies(Package const& package);

/// Total processing performance of the US export rules: 2 × the multiply-accumulates per second, in
/// tera, × the bit length of the operation = dense tera-operations per second × bits.
/// \param dense_operations  [operations per second], without sparsity; \param bits  their length
[[nodiscard]] double total_processing_performance(double dense_operations, double bits);
/// TPP per area of the dies made in a non-planar process [per mm²]. Precondition: area > 0.
[[nodiscard]] double performance_density(double tpp, double area);

/// Which limit of the US rules an accelerator meets. Only the two limits of ECCN 3A090.a and that
/// of high-bandwidth memory (3A090.c) are tested; the lower tier 3A090.b is left out, because its
/// limits are not verified here. This is arithmetic with published limits, not legal advice.
struct ControlTest {
  bool by_performance = false;  ///< TPP >= 4800
  bool by_density = false;      ///< TPP >= 1600 and density >= 5.92
  [[nodiscard]] bool controlled() const { return by_performance || by_density; }
};

inline constexpr double tpp_limit = 4800;
inline constexpr double tpp_limit_with_density = 1600;
inline constexpr double density_limit = 5.92;
/// Bandwidth per area of a memory stack above which 3A090.c controls it [GB/s per mm²].
inline constexpr double memory_density_limit = 2;

/// \param area  of the dies [mm²]; empty if unknown: then only TPP is tested
/// Source: US Bureau of Industry and Security, Commerce Control List, ECCN 3A090.a (October 2023).
[[nodiscard]] ControlTest test_accelerator(double tpp, std::optional<double> area);
/// \param bandwidth  of a stack [GB/s]; \param area  of its footprint [mm²], > 0
/// Source: as above, ECCN 3A090.c (December 2024).
[[nodiscard]] bool memory_is_controlled(double bandwidth, double area);

}  // namespace linchpin::localize
