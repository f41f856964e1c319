// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/run_clock.h"

#include <fmt/chrono.h>
#include <unistd.h>

#include <array>

#include "linchpin/core/blas.h"
#include "linchpin/core/version.h"
#include "linchpin/table/files/sha256.h"

namespace linchpin {
namespace {

std::string host_name() {
  std::array<char, 256> name{};
  if (gethostname(name.data(), name.size() - 1) != 0) return "unknown";
  return name.data();
}

}  // namespace

std::string iso_time(std::chrono::system_clock::time_point time) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(time)));
}

RunClock::RunClock()
    : started_(std::chrono::system_clock::now()), ticks_(std::chrono::steady_clock::now()) {}

Result<void> RunClock::fill(Origin& origin,
                            std::vector<std::filesystem::path> const& inputs) const {
  origin.version = version;
  auto const blas = blas_info();
  origin.blas = blas.kernel.empty() ? blas.library : blas.library + " (" + blas.kernel + ")";
  origin.host = host_name();
  origin.started = iso_time(started_);
  for (auto const& path : inputs) {
    auto const hash = sha256_of_file(path);
    if (!hash) return fail(hash.error());
    origin.inputs.emplace_back(path.filename().string(), *hash);
  }
  std::chrono::duration<double> const elapsed = std::chrono::steady_clock::now() - ticks_;
  origin.duration_seconds = elapsed.count();
  return {};
}

}  // namespace linchpin
