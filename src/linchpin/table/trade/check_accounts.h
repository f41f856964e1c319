// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "linchpin/core/error.h"
#include "linchpin/table/trade_accounts.h"

namespace linchpin {

/// Checks that `accounts` are what a trade model can be calibrated from: arrays as long as the
/// labels ask for; labels that name something, once; trade finite and not negative; tariffs finite,
/// not negative, none of a region on its own goods; shares of value added in 0…1; input shares in
/// 0…1 that sum to 1, or to 0 where there are no materials (within 1e-6); elasticities finite and
/// above 0. Up to 20 problems at once.
///
/// \param where  what to call the accounts in messages
/// \error missing_value    no region or no sector
/// \error size_mismatch    an array of another length
/// \error duplicate_label, bad_value
[[nodiscard]] Result<void> check_accounts(TradeAccounts const& accounts, std::string const& where);

/// Numbers of the arrays of accounts of this size, as many bytes as they take; for memory limits.
[[nodiscard]] double bytes_of_accounts(std::size_t regions, std::size_t sectors) noexcept;

}  // namespace linchpin
