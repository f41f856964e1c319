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
#include "linchpin/table/store/isolated_trade_stream.h"
#include "linchpin/table/store/trade_store.h"

namespace linchpin {
namespace {

constexpr std::string_view world_mode = "--linchpin-isolated-read";
constexpr std::string_view trade_mode = "--linchpin-isolated-trade";
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

/// Runs `reader_program` on the file; its answer, not yet believed.
Result<ChildRun> run_reader(std::string_view mode, std::filesystem::path const& path,
                            std::filesystem::path const& reader_program, std::uint64_t memory_limit,
                            RunControl const& control, unsigned wall_seconds) {
  auto const file = InputFile::open(path);
  if (!file) return fail(file.error());
  ChildLimits limits;
  limits.answer = sum(memory_limit, label_memory);
  // The file, the table and what the library needs to unpack one of its arrays.
  limits.memory = sum(sum(file->size(), memory_limit), program_memory);
  limits.cpu_seconds = wall_seconds;
  limits.wall_seconds = wall_seconds;
  auto run =
      run_child(reader_program, {std::string{mode}, std::to_string(memory_limit), path.string()},
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
  return run;
}

}  // namespace

Result<Table> read_world_isolated(std::filesystem::path const& path,
                                  std::filesystem::path const& reader_program,
                                  WorldReadOptions const& options, RunControl const& control,
                                  unsigned wall_seconds) {
  auto const run =
      run_reader(world_mode, path, reader_program, options.memory_limit, control, wall_seconds);
  if (!run) return fail(run.error());
  return decode_table(run->answer(), options.memory_limit, path.string());
}

Result<TradeAccounts> read_trade_calibration_isolated(std::filesystem::path const& path,
                                                      std::filesystem::path const& reader_program,
                                                      TradeReadOptions const& options,
                                                      RunControl const& control,
                                                      unsigned wall_seconds) {
  auto const run =
      run_reader(trade_mode, path, reader_program, options.memory_limit, control, wall_seconds);
  if (!run) return fail(run.error());
  return decode_trade(run->answer(), options.memory_limit, path.string());
}

std::optional<int> serve_isolated_read(int argc, char const* const* argv) {
  constexpr int done = 0, failed = 1;
  if (argc != 4 || (argv[1] != world_mode && argv[1] != trade_mode)) return std::nullopt;
  std::string_view const number = argv[2];
  std::uint64_t memory_limit = 0;
  auto const parsed = std::from_chars(number.data(), number.data() + number.size(), memory_limit);
  if (parsed.ec != std::errc{} || parsed.ptr != number.data() + number.size()) return failed;
  try {
    bool const written =
        argv[1] == trade_mode
            ? write_trade_answer(child_answer_descriptor,
                                 read_trade_calibration(argv[3], {memory_limit}))
            : write_answer(child_answer_descriptor, read_world(argv[3], {memory_limit}));
    return written ? done : failed;
  } catch (std::bad_alloc const&) {
    // An error travels in the same form whatever was asked for.
    Result<Table> const refusal =
        fail(ErrorCode::too_large, "the file asks for too much memory", argv[3],
             "use a smaller world, or a machine with more memory");
    return write_answer(child_answer_descriptor, refusal) ? done : failed;
  }
}

}  // namespace linchpin
