// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/table/store/netcdf_file.h"
#include "linchpin/table/trade_accounts.h"

namespace linchpin {

/// Version of the layout described in docs/formats/trade-calibration.md.
inline constexpr int trade_calibration_version = 1;
/// The attribute of a file that says what kind it is, and what it says of trade calibrations.
inline constexpr char const* kind_attribute = "linchpin_kind";
inline constexpr std::string_view trade_calibration_kind = "linchpin trade calibration";

struct TradeReadOptions {
  std::uint64_t memory_limit = std::uint64_t{8} << 30;  ///< refuse larger ones [bytes]
};

/// Stores accounts as a trade calibration: one self-describing NetCDF-4 file, sealed, that appears
/// as a whole or not at all. Reading it back gives the same bits.
///
/// \error unwritable_output  see AtomicFile; nothing is left behind
/// \error bad_value          a text that NetCDF cannot hold (zero bytes, not UTF-8)
/// \error those of check_accounts
[[nodiscard]] Result<void> write_trade_calibration(TradeAccounts const& accounts,
                                                   std::filesystem::path const& path,
                                                   NetcdfCompression const& compression = {});

/// Reads a trade calibration; everything in the file is checked before use (sizes against the
/// memory limit, then check_accounts).
///
/// \error file_not_found   there is no such file
/// \error unreadable_file  a folder, not readable, truncated or damaged
/// \error bad_format       not a trade calibration, or one of a later version
/// \error too_large        it would need more than the memory limit
/// \error those of check_accounts
[[nodiscard]] Result<TradeAccounts> read_trade_calibration(std::filesystem::path const& path,
                                                           TradeReadOptions const& options = {});

/// The same in a child process, for files that may come from anywhere; see read_world_isolated.
[[nodiscard]] Result<TradeAccounts> read_trade_calibration_isolated(
    std::filesystem::path const& path, std::filesystem::path const& reader_program,
    TradeReadOptions const& options = {}, RunControl const& control = {},
    unsigned wall_seconds = 300);

/// Whether the file is a trade calibration, told by a look at its bytes: the NetCDF library, which
/// a hostile file may crash, does not see it. A file that only pretends is refused when it is read.
/// \error file_not_found, unreadable_file
[[nodiscard]] Result<bool> is_trade_calibration(std::filesystem::path const& path);

}  // namespace linchpin
