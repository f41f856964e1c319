// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace linchpin {

/// The BLAS library found at run time.
struct BlasInfo {
  std::string library;     ///< "OpenBLAS 0.3.21" or "reference BLAS"
  std::string kernel;      ///< processor kernel OpenBLAS chose ("Haswell"), empty if unknown
  bool optimised = false;  ///< false: the slow reference BLAS (install OpenBLAS)
};

[[nodiscard]] BlasInfo blas_info();

/// Makes the BLAS library compute on the calling thread only. Parallelism is ours, over fixed
/// tiles, because a threaded BLAS gives other bits with another number of threads. Cheap; called
/// by every kernel that uses BLAS.
void use_single_threaded_blas() noexcept;

}  // namespace linchpin
