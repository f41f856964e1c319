// SPDX-License-Identifier: Apache-2.0
#include "linchpin/disrupt/model.h"

namespace linchpin::disrupt {

char const* to_string(OrderRule rule) noexcept {
  switch (rule) {
    case OrderRule::fixed:
      return "fixed";
    case OrderRule::reweighted:
      return "reweighted";
    case OrderRule::available:
      return "available";
  }
  return "";
}

char const* to_string(Production production) noexcept {
  switch (production) {
    case Production::ario:
      return "ario";
    case Production::leontief:
      return "leontief";
    case Production::strongly_critical:
      return "strongly_critical";
    case Production::half_critical:
      return "half_critical";
    case Production::weakly_critical:
      return "weakly_critical";
    case Production::linear:
      return "linear";
  }
  return "";
}

char const* to_string(Rationing rationing) noexcept {
  switch (rationing) {
    case Rationing::proportional:
      return "proportional";
    case Rationing::intermediate_first:
      return "intermediate_first";
    case Rationing::domestic_first:
      return "domestic_first";
    case Rationing::government_first:
      return "government_first";
    case Rationing::largest_first:
      return "largest_first";
    case Rationing::smallest_relative_first:
      return "smallest_relative_first";
    case Rationing::random:
      return "random";
  }
  return "";
}

char const* to_string(OrderBase base) noexcept {
  return base == OrderBase::production ? "production" : "demand";
}

}  // namespace linchpin::disrupt
