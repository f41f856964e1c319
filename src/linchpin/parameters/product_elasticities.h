// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "linchpin/core/error.h"

namespace linchpin::parameters {

/// Trade elasticities by product.
struct ProductElasticities {
  std::map<std::string, double, std::less<>> theta;  ///< product code → θ = σ − 1, > 0
  double median = 0;         ///< of these: what products without one get, an assumption
  std::size_t left_out = 0;  ///< lines without an estimate of their own, or with θ ≤ 0
};

/// Reads them from a CSV file: the product in the column product (also HS6, hs6, hs, k), and either
/// `theta`, or `sigma` as ProTEE of CEPII writes it: the elasticity of imports with respect to the
/// tariff, minus the elasticity of substitution, so θ = −sigma − 1. ProTEE's columns `zero` and
/// `positive`, where there, mark lines without an estimate of their own: left out. Other columns
/// are ignored.
///
/// \error bad_format, bad_value, missing_value, duplicate_label  all at once, with lines; no usable
///        line at all
/// Source: Fontagné, Guimbard & Orefice (2022), "Tariff-based product-level trade elasticities",
/// Journal of International Economics 137.
[[nodiscard]] Result<ProductElasticities> read_product_elasticities(std::string_view text,
                                                                    std::string const& name);

}  // namespace linchpin::parameters
