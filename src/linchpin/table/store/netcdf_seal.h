// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "linchpin/core/error.h"

namespace linchpin {

/// A seal is one line of text with the SHA-256 of an HDF5 file, put behind its end, where HDF5 and
/// NetCDF do not look. HDF5 may crash on damaged metadata, which carry no checksum of their own;
/// checking the seal first keeps every accidental fault (a flipped bit, a cut, a bad copy) away
/// from it. Other programs read sealed files unchanged, and drop the seal when they change a file.

/// The file inside `image`, without padding behind its end.
[[nodiscard]] std::string_view hdf5_content(std::string_view image) noexcept;

[[nodiscard]] Result<std::string> seal_of(std::string_view content);

/// The HDF5 file inside `bytes`, its seal checked and cut off. A file without a seal passes, since
/// another program may have written it.
/// \error unreadable_file  the seal does not fit, or something else stands behind the end
[[nodiscard]] Result<std::string_view> check_seal(std::string_view bytes, std::string const& file);

}  // namespace linchpin
