// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace linchpin::equilibrium::kernels {

// Array lengths are whole cache lines (`Grid`) where named `stride`; pointers are aligned to one.

/// out_k = exp(scale (x_k − shift)) for k in [0, stride).
void exp_scaled(double const* x, double scale, double shift, double* out,
                std::size_t stride) noexcept;
/// out_k = ln x_k for k in [0, stride); x_k > 0.
void log_each(double const* x, double* out, std::size_t stride) noexcept;
/// out_r = Σ_c M(r, c) x_c; M has `rows` rows of `stride`.
void multiply(double const* m, std::size_t rows, std::size_t stride, double const* x,
              double* out) noexcept;
/// out_c += Σ_r M(r, c) x_r.
void multiply_transposed(double const* m, std::size_t rows, std::size_t stride, double const* x,
                         double* out) noexcept;
/// share(r, c) = weight(r, c) price_c / total_r; rows of a total of 0 become 0.
void share_rows(double const* weight, double const* price, double const* total, std::size_t rows,
                std::size_t stride, double* share) noexcept;
/// out_r = Σ_c a(r, c) b(r, c), and product(r, c) = a b unless `product` is null.
void multiply_rows(double const* a, double const* b, std::size_t rows, std::size_t stride,
                   double* product, double* out) noexcept;

}  // namespace linchpin::equilibrium::kernels
