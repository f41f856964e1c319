// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/store/isolated_read.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <limits>
#include <new>
#include <string>
#include <string_view>
#include <utility>

#include "linchpin/table/files/child_process.h"
#include "linchpin/table/files/input_file.h"
#include "linchpin/table/store/isolated_read_stream.h"

namespace linchpin {
namespace {

constexpr std::string_view mode = "--linchpin-isolated-read";
constexpr std::uint64_t mebibyte = std::uint64_t{1} << 20;
// The program itself with its libraries and the stacks of their threads.
constexpr std::uint64_t program_memory = 1024 * mebibyte;
// Labels and framing come on top of the numbers that the memory limit is about.
constexpr std::uint64_t label_memory = 64 * mebibyte;

std::uint64_t sum(std::uint64_t a, std::uint64_t b) noexcept {
  constexpr auto most = std::numeric_limits<std::uint64_t>::max() / 2;
  return a > most - std::min(b, most) ? most : a + b;
}

tl::unexpected<Error> unreadable(std::string what, std::filesystem::path const& path) {
  return fail(ErrorCode::unreadable_file, std::move(what), path.string(),
              "the file is damaged or made to do harm: get it again from where it came from, or "
              "import the publisher's file instead");
}

}  // namespace

Result<Table> read_world_isolated(std::filesystem::path const& path,
                                  std::filesystem::path const& reader_program,
                                  WorldReadOptions const& options, RunControl const& control,
                                  unsigned wall_seconds) {
  auto const file = InputFile::open(path);
  if (!file) return fail(file.error());
  ChildLimits limits;
  limits.answer = sum(options.memory_limit, label_memory);
  // The file, the table and what the library needs to unpack one of its arrays.
  limits.memory = sum(sum(file->size(), options.memory_limit), program_memory);
  limits.cpu_seconds = wall_seconds;
  limits.wall_seconds = wall_seconds;
  auto const run = run_child(
      reader_program, {std::string{mode}, std::to_string(options.memory_limit), path.string()},
      limits, control);
  if (!run) return fail(run.error());
  switch (run->end) {
    case ChildRun::End::cancelled:
      return fail(ErrorCode::cancelled, "stopped while reading", path.string(), "run it again");
    case ChildRun::End::out_of_time:
      return unreadable(fmt::format("reading was given up after {} seconds", wall_seconds), path);
    case ChildRun::End::killed:
      return unreadable(
          fmt::format("the NetCDF library crashed on this file ({})", signal_name(run->code)),
          path);
    case ChildRun::End::exited:
      break;
  }
  if (run->code != 0) {
    return unreadable(
        fmt::format("the NetCDF library gave up on this file (exit code {})", run->code), path);
  }
  return decode_table(run->answer(), options.memory_limit, path.string());
}

std::optional<int> serve_isolated_read(int argc, char const* const* argv) {
  constexpr int done = 0, failed = 1;
  if (argc != 4 || argv[1] != mode) return std::nullopt;
  std::string_view const number = argv[2];
  WorldReadOptions options;
  auto const parsed =
      std::from_chars(number.data(), number.data() + number.size(), options.memory_limit);
  if (parsed.ec != std::errc{} || parsed.ptr != number.data() + number.size()) return failed;
  try {
    auto const table = read_world(argv[3], options);
    return write_answer(child_answer_descriptor, table) ? done : failed;
  } catch (std::bad_alloc const&) {
    Result<Table> const refusal =
        fail(ErrorCode::too_large, "the file asks for too much memory", argv[3],
             "use a smaller world, or a machine with more memory");
    return write_answer(child_answer_descriptor, refusal) ? done : failed;
  }
}

}  // namespace linchpin
