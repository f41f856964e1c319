// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"

namespace linchpin {

/// What a child process may use.
struct ChildLimits {
  std::uint64_t memory = std::uint64_t{4} << 30;  ///< address space [bytes]
  std::uint64_t answer = std::uint64_t{1} << 30;  ///< size of what it hands back [bytes]
  unsigned cpu_seconds = 300;
  unsigned wall_seconds = 300;
};

/// The number under which a child finds the file it writes its answer to.
inline constexpr int child_answer_descriptor = 3;

/// How a child process ended, and what it wrote.
class ChildRun {
 public:
  enum class End { exited, killed, out_of_time, cancelled };

  ChildRun() = default;
  ChildRun(ChildRun&& other) noexcept;
  ChildRun& operator=(ChildRun&& other) noexcept;
  ~ChildRun();

  End end = End::exited;
  int code = 0;  ///< exit code, or number of the signal that killed it
  /// What it wrote: a mapping of memory that nobody can change any more.
  [[nodiscard]] std::span<std::byte const> answer() const noexcept { return {answer_, size_}; }

 private:
  friend class ChildProcess;
  std::byte const* answer_ = nullptr;
  std::size_t size_ = 0;
};

/// Runs `program` with `arguments` (the first after the program's own name) and waits for its end.
/// It gets no standard input, its output goes nowhere, and it writes its answer to descriptor
/// `child_answer_descriptor`, a file in memory. It dies with this process, at a limit, or when
/// `control` asks to stop; nothing is left of it.
///
/// \error file_not_found  `program` is not there or must not be run
/// \error internal        the system has no process or memory left for it
[[nodiscard]] Result<ChildRun> run_child(std::filesystem::path const& program,
                                         std::vector<std::string> const& arguments,
                                         ChildLimits const& limits, RunControl const& control = {});

/// "SIGSEGV" …
[[nodiscard]] std::string signal_name(int number);

}  // namespace linchpin
