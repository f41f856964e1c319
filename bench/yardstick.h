// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cblas.h>
#include <dlfcn.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <fstream>
#include <stdexcept>
#include <string>

#include "linchpin/core/blas.h"
#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"
#include "linchpin/core/random.h"

// What benchmarks compare with: the machine's own rates, measured in the same run.
namespace linchpin::bench {

double seconds(auto const& work) {
  auto const start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

template <class T>
T value_of(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().what + " at " + result.error().where);
  return *std::move(result);
}

/// Lets the BLAS library use `threads` threads; 0: as many as the machine has.
inline void blas_threads(int threads) {
  use_single_threaded_blas();
  if (threads == 1) return;
  auto const set = reinterpret_cast<void (*)(int)>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"));
  auto const count = reinterpret_cast<int (*)()>(dlsym(RTLD_DEFAULT, "openblas_get_num_procs"));
  if (set != nullptr && count != nullptr) set(threads == 0 ? count() : threads);
}

/// A product of two square matrices; `rate` is the best of all calls so far.
class Dgemm {
 public:
  explicit Dgemm(int threads = 0) : threads_(threads), a_(size, size), b_(size, size), c_(size, size) {
    Rng rng{Seed{1}, 0};
    for (auto& value : a_.values()) value = rng.uniform();
    for (auto& value : b_.values()) value = rng.uniform();
  }

  void run() {
    blas_threads(threads_);
    constexpr auto n = static_cast<int>(size);
    best_ = std::min(best_, seconds([&] {
                       cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, n, n, n, 1.0,
                                   a_.data(), n, b_.data(), n, 0.0, c_.data(), n);
                     }));
    use_single_threaded_blas();
  }
  /// [flops per second]
  [[nodiscard]] double rate() const { return 2.0 * size * size * size / best_; }

 private:
  static constexpr std::size_t size = 1536;
  int threads_;
  DenseMatrix a_, b_, c_;
  double best_ = HUGE_VAL;
};

/// Bytes per second of reading 256 MB on one thread, the best of all calls so far.
class MemoryRead {
 public:
  MemoryRead() : values_(std::size_t{1} << 25, 1.0) {}
  void run() {
    double sums[8] = {};
    best_ = std::min(best_, seconds([&] {
                       for (std::size_t i = 0; i < values_.size(); i += 8) {
                         for (std::size_t k = 0; k < 8; ++k) sums[k] += values_[i + k];
                       }
                     }));
    sink_ = sums[0] + sums[7];
  }
  [[nodiscard]] double rate() const { return static_cast<double>(values_.size()) * 8 / best_; }

 private:
  DenseVector values_;
  double best_ = HUGE_VAL;
  volatile double sink_ = 0;
};

/// Largest resident memory of this process so far [MB]; 0 where the system does not tell.
inline double peak_memory_mb() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024;
  }
  return 0;
}
/// Starts the count of `peak_memory_mb` anew, where the system allows it.
inline void reset_peak_memory() { std::ofstream("/proc/self/clear_refs") << "5"; }

}  // namespace linchpin::bench
