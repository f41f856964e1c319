// SPDX-License-Identifier: Apache-2.0
#include "linchpin/core/blas.h"

#include <dlfcn.h>

namespace linchpin {
namespace {

// OpenBLAS is one of several libraries behind Debian's libblas.so.3, so its own functions are
// looked up rather than linked.
template <class Function>
Function find(char const* name) noexcept {
  return reinterpret_cast<Function>(dlsym(RTLD_DEFAULT, name));
}

}  // namespace

BlasInfo blas_info() {
  auto const config = find<char* (*)()>("openblas_get_config");
  auto const core = find<char* (*)()>("openblas_get_corename");
  if (config == nullptr) return {"reference BLAS", "", false};
  std::string const text = config();  // "OpenBLAS 0.3.21 NO_AFFINITY …"
  auto const second_space = text.find(' ', text.find(' ') + 1);
  return {text.substr(0, second_space), core == nullptr ? "" : core(), true};
}

void use_single_threaded_blas() noexcept {
  static auto const set_threads = find<void (*)(int)>("openblas_set_num_threads");
  static auto const get_threads = find<int (*)()>("openblas_get_num_threads");
  if (set_threads != nullptr && (get_threads == nullptr || get_threads() != 1)) set_threads(1);
}

}  // namespace linchpin
