// SPDX-License-Identifier: Apache-2.0
// Compiled once per instruction set and chosen at run time.
#include "linchpin/equilibrium/kernels.h"

#define HWY_DISABLED_TARGETS \
  (HWY_SSE4 | HWY_AVX3_DL | HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128)
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "linchpin/equilibrium/kernels.cpp"
#include "hwy/foreach_target.h"
//
#include "hwy/contrib/math/math-inl.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace linchpin::equilibrium::kernels::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
using Tag = hn::CappedTag<double, 8>;

void exp_scaled(double const* x, double scale, double shift, double* out, std::size_t stride) {
  Tag const d;
  auto const s = hn::Set(d, scale);
  auto const t = hn::Set(d, shift);
  for (std::size_t k = 0; k < stride; k += hn::Lanes(d)) {
    hn::Store(hn::Exp(d, hn::Mul(s, hn::Sub(hn::Load(d, x + k), t))), d, out + k);
  }
}

void log_each(double const* x, double* out, std::size_t stride) {
  Tag const d;
  for (std::size_t k = 0; k < stride; k += hn::Lanes(d)) {
    hn::Store(hn::Log(d, hn::Load(d, x + k)), d, out + k);
  }
}

void multiply(double const* m, std::size_t rows, std::size_t stride, double const* x, double* out) {
  Tag const d;
  std::size_t r = 0;
  for (; r + 4 <= rows; r += 4) {
    auto const* row = m + r * stride;
    auto a = hn::Zero(d);
    auto b = hn::Zero(d);
    auto c = hn::Zero(d);
    auto e = hn::Zero(d);
    for (std::size_t k = 0; k < stride; k += hn::Lanes(d)) {
      auto const v = hn::Load(d, x + k);
      a = hn::MulAdd(hn::Load(d, row + k), v, a);
      b = hn::MulAdd(hn::Load(d, row + stride + k), v, b);
      c = hn::MulAdd(hn::Load(d, row + 2 * stride + k), v, c);
      e = hn::MulAdd(hn::Load(d, row + 3 * stride + k), v, e);
    }
    out[r] = hn::GetLane(hn::SumOfLanes(d, a));
    out[r + 1] = hn::GetLane(hn::SumOfLanes(d, b));
    out[r + 2] = hn::GetLane(hn::SumOfLanes(d, c));
    out[r + 3] = hn::GetLane(hn::SumOfLanes(d, e));
  }
  for (; r < rows; ++r) {
    auto const* row = m + r * stride;
    auto a = hn::Zero(d);
    for (std::size_t k = 0; k < stride; k += hn::Lanes(d)) {
      a = hn::MulAdd(hn::Load(d, row + k), hn::Load(d, x + k), a);
    }
    out[r] = hn::GetLane(hn::SumOfLanes(d, a));
  }
}

void multiply_transposed(double const* m, std::size_t rows, std::size_t stride, double const* x,
                         double* out) {
  Tag const d;
  std::size_t r = 0;
  for (; r + 4 <= rows; r += 4) {
    auto const* row = m + r * stride;
    auto const a = hn::Set(d, x[r]);
    auto const b = hn::Set(d, x[r + 1]);
    auto const c = hn::Set(d, x[r + 2]);
    auto const e = hn::Set(d, x[r + 3]);
    for (std::size_t k = 0; k < stride; k += hn::Lanes(d)) {
      auto sum = hn::Load(d, out + k);
      sum = hn::MulAdd(hn::Load(d, row + k), a, sum);
      sum = hn::MulAdd(hn::Load(d, row + stride + k), b, sum);
      sum = hn::MulAdd(hn::Load(d, row + 2 * stride + k), c, sum);
      sum = hn::MulAdd(hn::Load(d, row + 3 * stride + k), e, sum);
      hn::Store(sum, d, out + k);
    }
  }
  for (; r < rows; ++r) {
    auto const* row = m + r * stride;
    auto const a = hn::Set(d, x[r]);
    for (std::size_t k = 0; k < stride; k += hn::Lanes(d)) {
      hn::Store(hn::MulAdd(hn::Load(d, row + k), a, hn::Load(d, out + k)), d, out + k);
    }
  }
}

void share_rows(double const* weight, double const* price, double const* total, std::size_t rows,
                std::size_t stride, double* share) {
  Tag const d;
  for (std::size_t r = 0; r < rows; ++r) {
    auto const scale = hn::Set(d, total[r] > 0 ? 1 / total[r] : 0.0);
    auto const* from = weight + r * stride;
    auto* to = share + r * stride;
    for (std::size_t k = 0; k < stride; k += hn::Lanes(d)) {
      hn::Store(hn::Mul(hn::Mul(hn::Load(d, from + k), hn::Load(d, price + k)), scale), d, to + k);
    }
  }
}

void multiply_rows(double const* a, double const* b, std::size_t rows, std::size_t stride,
                   double* product, double* out) {
  Tag const d;
  for (std::size_t r = 0; r < rows; ++r) {
    auto const* first = a + r * stride;
    auto const* second = b + r * stride;
    auto* to = product == nullptr ? nullptr : product + r * stride;
    auto sum = hn::Zero(d);
    for (std::size_t k = 0; k < stride; k += hn::Lanes(d)) {
      auto const value = hn::Mul(hn::Load(d, first + k), hn::Load(d, second + k));
      if (to != nullptr) hn::Store(value, d, to + k);
      sum = hn::Add(sum, value);
    }
    out[r] = hn::GetLane(hn::SumOfLanes(d, sum));
  }
}

}  // namespace linchpin::equilibrium::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace linchpin::equilibrium::kernels {

HWY_EXPORT(exp_scaled);
HWY_EXPORT(log_each);
HWY_EXPORT(multiply);
HWY_EXPORT(multiply_transposed);
HWY_EXPORT(share_rows);
HWY_EXPORT(multiply_rows);

void exp_scaled(double const* x, double scale, double shift, double* out,
                std::size_t stride) noexcept {
  HWY_DYNAMIC_DISPATCH(exp_scaled)(x, scale, shift, out, stride);
}
void log_each(double const* x, double* out, std::size_t stride) noexcept {
  HWY_DYNAMIC_DISPATCH(log_each)(x, out, stride);
}
void multiply(double const* m, std::size_t rows, std::size_t stride, double const* x,
              double* out) noexcept {
  HWY_DYNAMIC_DISPATCH(multiply)(m, rows, stride, x, out);
}
void multiply_transposed(double const* m, std::size_t rows, std::size_t stride, double const* x,
                         double* out) noexcept {
  HWY_DYNAMIC_DISPATCH(multiply_transposed)(m, rows, stride, x, out);
}
void share_rows(double const* weight, double const* price, double const* total, std::size_t rows,
                std::size_t stride, double* share) noexcept {
  HWY_DYNAMIC_DISPATCH(share_rows)(weight, price, total, rows, stride, share);
}
void multiply_rows(double const* a, double const* b, std::size_t rows, std::size_t stride,
                   double* product, double* out) noexcept {
  HWY_DYNAMIC_DISPATCH(multiply_rows)(a, b, rows, stride, product, out);
}

}  // namespace linchpin::equilibrium::kernels
#endif  // HWY_ONCE
