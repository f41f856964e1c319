// SPDX-License-Identifier: Apache-2.0
// replay <corpus>: runs every file of <corpus>/<target>/ through its target.
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "fuzz/targets.h"

namespace {

constexpr std::chrono::seconds longest{20};  // sanitizers and a busy machine included

bool replay(linchpin::fuzz::Target const& target, std::filesystem::path const& file) {
  std::ifstream stream(file, std::ios::binary);
  std::vector<char> const bytes{std::istreambuf_iterator<char>(stream), {}};
  // A copy of exactly this size, so that a sanitizer sees the first byte read beyond it.
  std::vector<std::uint8_t> const input(bytes.begin(), bytes.end());
  auto const start = std::chrono::steady_clock::now();
  target.run(input);
  if (std::chrono::steady_clock::now() - start < longest) return true;
  std::fprintf(stderr, "too slow: %s\n", file.c_str());
  return false;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  bool fine = true;
  for (auto const& target : linchpin::fuzz::targets) {
    std::size_t files = 0;
    std::error_code none;
    for (auto const& entry :
         std::filesystem::directory_iterator(std::filesystem::path(argv[1]) / target.name, none)) {
      fine = replay(target, entry.path()) && fine;
      ++files;
    }
    std::printf("%.*s: %zu inputs\n", static_cast<int>(target.name.size()), target.name.data(),
                files);
    fine = fine && files > 0;
  }
  return fine ? 0 : 1;
}
