// SPDX-License-Identifier: Apache-2.0
#pragma once

/// Contracts: "our program is wrong". They are active when LINCHPIN_CHECKED is defined (presets
/// dev, asan, tsan, coverage) and cost nothing in release. Wrong *data* is never a contract: that
/// is a Result (core/error.h).
namespace linchpin::detail {
[[noreturn]] void contract_failed(char const* kind, char const* condition, char const* file,
                                  int line);
}

#if defined(LINCHPIN_CHECKED)
#define LINCHPIN_CONTRACT_(kind, condition) \
  ((condition) ? static_cast<void>(0)       \
               : ::linchpin::detail::contract_failed(kind, #condition, __FILE__, __LINE__))
#else
#define LINCHPIN_CONTRACT_(kind, condition) static_cast<void>(0)
#endif

#define LINCHPIN_EXPECTS(condition) LINCHPIN_CONTRACT_("precondition", condition)
#define LINCHPIN_ENSURES(condition) LINCHPIN_CONTRACT_("postcondition", condition)
#define LINCHPIN_ASSERT(condition) LINCHPIN_CONTRACT_("invariant", condition)
