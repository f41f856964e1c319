// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "linchpin/core/error.h"
#include "linchpin/table/trade_accounts.h"

namespace linchpin {

/// As write_answer and decode_table (isolated_read_stream.h), for trade accounts.
[[nodiscard]] bool write_trade_answer(int descriptor, Result<TradeAccounts> const& accounts);

/// \error unreadable_file  `bytes` are not a whole answer
/// \error too_large        the accounts would need more than `memory_limit`
/// \error any              that the answer carries, and those of check_accounts
[[nodiscard]] Result<TradeAccounts> decode_trade(std::span<std::byte const> bytes,
                                                 std::uint64_t memory_limit,
                                                 std::string const& where);

}  // namespace linchpin
