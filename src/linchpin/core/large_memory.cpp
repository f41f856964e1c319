// SPDX-License-Identifier: Apache-2.0
#include "linchpin/core/large_memory.h"

#include <sys/mman.h>

#include <new>

namespace linchpin {
namespace {

constexpr std::align_val_t cache_line{64};
constexpr std::size_t large_page = std::size_t{2} << 20;
constexpr std::size_t large_block = 2 * large_page;

std::align_val_t alignment_of(std::size_t bytes) noexcept {
  return bytes < large_block ? cache_line : std::align_val_t{large_page};
}

}  // namespace

void* allocate_aligned(std::size_t bytes) {
  auto* const memory = ::operator new(bytes, alignment_of(bytes));
#ifdef MADV_HUGEPAGE
  // A wish: where the system has no large pages, all works as before.
  if (bytes >= large_block) ::madvise(memory, bytes / large_page * large_page, MADV_HUGEPAGE);
#endif
  return memory;
}

void release_aligned(void* memory, std::size_t bytes) noexcept {
  ::operator delete(memory, alignment_of(bytes));
}

}  // namespace linchpin
