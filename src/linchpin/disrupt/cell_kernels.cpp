// SPDX-License-Identifier: Apache-2.0
// Orders, stocks and limits, cell by cell. See order_kernels.cpp.
#include "linchpin/disrupt/lane_kernels.h"

#include <algorithm>
#include <cmath>
#include <limits>

// Three steps of x86-64, and NEON on Arm, are enough; vectors without a fixed length are not used.
#define HWY_DISABLED_TARGETS \
  (HWY_SSE4 | HWY_AVX3_DL | HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128)
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "linchpin/disrupt/cell_kernels.cpp"
#include "hwy/foreach_target.h"
//
#include "linchpin/disrupt/lane_vectors-inl.h"

HWY_BEFORE_NAMESPACE();
namespace linchpin::disrupt::HWY_NAMESPACE {

// ---- cell by cell: plain loops that the compiler turns into vectors of this instruction set
// ------

template <std::size_t L, bool ByDemand, bool Shared>
void place(std::size_t buyers, ProductNumbers const& numbers, double const* HWY_RESTRICT stock,
           double const* HWY_RESTRICT optimal, double const* HWY_RESTRICT output,
           double const* HWY_RESTRICT demand, double const* HWY_RESTRICT use,
           double const* HWY_RESTRICT reachable, double* HWY_RESTRICT placed) {
  constexpr double endless = std::numeric_limits<double>::infinity();
  double days[L];
  double pace[L];
  for (std::size_t s = 0; s < L; ++s) {
    days[s] = numbers.days[s];
    pace[s] = numbers.pace[s];
  }
  for (std::size_t f = 0; f < buyers; ++f) {
    double const used = Shared ? 1.0 : use[f];
    for (std::size_t s = 0; s < L; ++s) {
      auto const i = f * L + s;
      double order;
      if (ByDemand) {
        double const gap = stock[i] < endless ? days[s] - stock[i] : 0.0;
        order = demand[i] + gap * pace[s];
        order = order > 0 ? order : 0.0;
      } else {
        double const gap = days[s] * optimal[i] - stock[i];
        order = (gap > 0 ? gap : 0.0) * pace[s] + output[i];
      }
      if (!Shared) order = reachable[i] > 0 ? order * (used / reachable[i]) : 0.0;
      placed[i] = order;
    }
  }
}

template <std::size_t L>
void place_lanes(std::size_t buyers, ProductNumbers const& numbers, bool by_demand,
                 double const* stock, double const* optimal, double const* output,
                 double const* demand, double const* use, double const* reachable, double* placed) {
  bool const shared = reachable == nullptr;
  auto const run = by_demand ? (shared ? place<L, true, true> : place<L, true, false>)
                             : (shared ? place<L, false, true> : place<L, false, false>);
  run(buyers, numbers, stock, optimal, output, demand, use, reachable, placed);
}

void PlaceOrders(std::size_t buyers, std::size_t lanes, ProductNumbers const& numbers,
                 bool by_demand, double const* stock, double const* optimal, double const* output,
                 double const* demand, double const* use, double const* reachable, double* placed) {
  auto const run = lanes == 1 ? place_lanes<1> : lanes == 8 ? place_lanes<8> : place_lanes<16>;
  run(buyers, numbers, by_demand, stock, optimal, output, demand, use, reachable, placed);
}

/// num / den where 1 / den is at hand: exact where the quotient is (1 for equal numbers), else
/// within a rounding. Infinite numerators give NaN or infinity.
HWY_INLINE Vector quotient(Vector num, Vector den, [[maybe_unused]] Vector inverse) {
#if HWY_NATIVE_FMA
  auto const guess = hn::Mul(num, inverse);
  return hn::MulAdd(hn::NegMulAdd(guess, den, num), inverse, guess);
#else
  return hn::Div(num, den);
#endif
}

/// Denominators whose inverse keeps its digits.
bool plain_size(double value) { return value > 1e-280 && value < 1e280; }

void Receive(std::size_t buyers, std::size_t lanes, double const* HWY_RESTRICT placed,
             double const* HWY_RESTRICT use, double* HWY_RESTRICT sum) {
  Tag const d;
  auto const one = hn::Set(d, 1.0);
  std::size_t f = 0;
  if (lanes == 1) {
    for (; f + width <= buyers; f += width) {
      if (!std::all_of(use + f, use + f + width, plain_size)) {
        for (auto k = f; k < f + width; ++k) sum[k] = placed[k] * (sum[k] / use[k]);
        continue;
      }
      auto const used = hn::LoadU(d, use + f);
      auto const share = quotient(hn::LoadU(d, sum + f), used, hn::Div(one, used));
      hn::StoreU(hn::Mul(hn::LoadU(d, placed + f), share), d, sum + f);
    }
  }
  for (; f < buyers; ++f) {
    double* const to = sum + f * lanes;
    double const* const order = placed + f * lanes;
    bool const plain = plain_size(use[f]);
    auto const used = hn::Set(d, use[f]);
    auto const inverse = hn::Div(one, used);
    if (!plain) {
      for (std::size_t s = 0; s < lanes; ++s) to[s] = order[s] * (to[s] / use[f]);
    } else if (lanes == 1) {
      auto const share = quotient(hn::Set(d, *to), used, inverse);
      *to = *order * hn::GetLane(share);
    } else {
      for (std::size_t s = 0; s < lanes; s += width) {
        auto const share = quotient(hn::LoadU(d, to + s), used, inverse);
        hn::StoreU(hn::Mul(hn::LoadU(d, order + s), share), d, to + s);
      }
    }
  }
}

void Restock(std::size_t cells, double const* HWY_RESTRICT received,
             double const* HWY_RESTRICT output, double* HWY_RESTRICT stock) {
  for (std::size_t i = 0; i < cells; ++i) {
    double const left = stock[i] + (received[i] - output[i]);
    // What rounding leaves of a stock that was used up is no stock.
    stock[i] = left > 1e-13 * output[i] ? left : 0.0;
  }
}

/// A vector of stocks: an endless one (a NaN among quotients) does not limit.
HWY_INLINE Vector lowered(Limit kind, Vector stock, Vector cover, Vector inverse, Vector limit) {
  Tag const d;
  auto const allowed = kind == Limit::half
                           ? hn::Mul(hn::Add(stock, hn::Set(d, 1.0)), hn::Set(d, 0.5))
                           : quotient(stock, cover, inverse);
  return hn::IfThenElse(hn::Lt(allowed, limit), allowed, limit);
}

void LowerLimit(std::size_t buyers, std::size_t lanes, Limit kind, double const* cover,
                double const* HWY_RESTRICT stock, double* HWY_RESTRICT limit) {
  Tag const d;
  auto const one = hn::Set(d, 1.0);
  if (lanes == 1) {
    auto const days = hn::Set(d, *cover);
    auto const inverse = hn::Div(one, days);
    std::size_t f = 0;
    for (; f + width <= buyers; f += width) {
      hn::StoreU(lowered(kind, hn::LoadU(d, stock + f), days, inverse, hn::LoadU(d, limit + f)), d,
                 limit + f);
    }
    for (; f < buyers; ++f) {
      limit[f] =
          hn::GetLane(lowered(kind, hn::Set(d, stock[f]), days, inverse, hn::Set(d, limit[f])));
    }
    return;
  }
  for (std::size_t s = 0; s < lanes; s += width) {
    auto const days = hn::LoadU(d, cover + s);
    auto const inverse = hn::Div(one, days);
    for (std::size_t f = 0; f < buyers; ++f) {
      auto const i = f * lanes + s;
      hn::StoreU(lowered(kind, hn::LoadU(d, stock + i), days, inverse, hn::LoadU(d, limit + i)), d,
                 limit + i);
    }
  }
}

void Scale(std::size_t cells, double const* HWY_RESTRICT factor, double* HWY_RESTRICT value) {
  for (std::size_t i = 0; i < cells; ++i) value[i] *= factor[i];
}

}  // namespace linchpin::disrupt::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace linchpin::disrupt {

HWY_EXPORT(PlaceOrders);
HWY_EXPORT(Receive);
HWY_EXPORT(Restock);
HWY_EXPORT(LowerLimit);
HWY_EXPORT(Scale);

void place_orders(std::size_t buyers, std::size_t lanes, ProductNumbers const& numbers,
                  bool by_demand, double const* stock, double const* optimal, double const* output,
                  double const* demand, double const* use, double const* reachable,
                  double* placed) noexcept {
  HWY_DYNAMIC_DISPATCH(PlaceOrders)
  (buyers, lanes, numbers, by_demand, stock, optimal, output, demand, use, reachable, placed);
}

void receive(std::size_t buyers, std::size_t lanes, double const* placed, double const* use,
             double* sum) noexcept {
  HWY_DYNAMIC_DISPATCH(Receive)(buyers, lanes, placed, use, sum);
}

void restock(std::size_t cells, double const* received, double const* output,
             double* stock) noexcept {
  HWY_DYNAMIC_DISPATCH(Restock)(cells, received, output, stock);
}

void lower_limit(std::size_t buyers, std::size_t lanes, Limit kind, double const* cover,
                 double const* stock, double* limit) noexcept {
  HWY_DYNAMIC_DISPATCH(LowerLimit)(buyers, lanes, kind, cover, stock, limit);
}

void scale(std::size_t cells, double const* factor, double* value) noexcept {
  HWY_DYNAMIC_DISPATCH(Scale)(cells, factor, value);
}

}  // namespace linchpin::disrupt
#endif
