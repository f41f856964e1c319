// SPDX-License-Identifier: Apache-2.0
// A program that reads untrusted worlds, and misbehaves under other names (links to it).
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "linchpin/table/files/child_process.h"
#include "linchpin/table/store/isolated_read.h"

namespace {

void answer(std::string const& text) {
  if (::write(linchpin::child_answer_descriptor, text.data(), text.size()) < 0) std::abort();
}

[[noreturn]] void wait_for_ever() {
  for (;;) ::pause();
}

/// Takes memory until there is none, then dies as a library without care would.
[[noreturn]] void take_memory() {
  constexpr std::size_t block = std::size_t{64} << 20;
  std::vector<void*> blocks;
  for (;;) {
    auto* const memory = std::malloc(block);
    if (memory == nullptr) std::abort();
    blocks.push_back(memory);
  }
}

[[noreturn]] void answer_without_end() {
  std::string const block(std::size_t{1} << 20, 'x');
  for (;;) answer(block);
}

}  // namespace

int main(int argc, char** argv) {
  auto const name = std::filesystem::path(argv[0]).filename().string();
  if (name == "crash") std::raise(SIGSEGV);
  if (name == "abort") std::abort();
  if (name == "hang") wait_for_ever();
  if (name == "spin") {
    rlimit const one_second{1, 2};
    ::setrlimit(RLIMIT_CPU, &one_second);
    std::atomic<unsigned> turns = 0;
    for (;;) ++turns;
  }
  if (name == "greedy") take_memory();
  if (name == "endless") answer_without_end();
  if (name == "garbage") answer("LPANSW01Tgarbage");
  if (name == "fail") return 3;
  if (name == "orphan" && ::fork() == 0) wait_for_ever();  // keeps the pipe open
  if (name == "orphan" || name == "garbage" || name == "silent") return 0;
  if (auto const code = linchpin::serve_isolated_read(argc, argv)) return *code;
  return EXIT_FAILURE;
}
