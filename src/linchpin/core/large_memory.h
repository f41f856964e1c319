// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace linchpin {

/// Memory aligned to a cache line; blocks of some MiB are aligned to, and ask the system for, large
/// pages, because touching 100 MB in pages of 4 KiB can cost more than reading it from a file.
/// Throws std::bad_alloc.
[[nodiscard]] void* allocate_aligned(std::size_t bytes);
/// Gives it back; `bytes` as it was asked for.
void release_aligned(void* memory, std::size_t bytes) noexcept;

}  // namespace linchpin
