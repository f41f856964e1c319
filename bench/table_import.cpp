// SPDX-License-Identifier: Apache-2.0
// Reading tables against the slower of two things nobody can leave out, measured in the same run on
// the same bytes: getting the text (zcat > /dev/null, or reading a plain file) and a bare loop of
// fast_float over it. A second, harder yardstick inflates with zlib in this process, which is twice
// as fast as zcat. Ours makes a checked table of the file. It takes turns with its yardsticks, so
// that other work on the machine hits all alike.
//
//     linchpin_bench_table_import [--table FILE] [options of Google Benchmark]
//
// FILE, a published table, takes the place of the real one that is looked for.
#include <benchmark/benchmark.h>
#include <fast_float/fast_float.h>
#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "linchpin/core/contracts.h"
#include "linchpin/table/files/input_file.h"
#include "linchpin/table/read.h"
#include "linchpin/table/store/isolated_read.h"
#include "linchpin/table/store/store.h"
#include "linchpin/table/synth.h"
#include "support/table_fixtures.h"
#include "table_import_files.h"

namespace linchpin {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t chunk = std::size_t{1} << 18;

double seconds(auto const& work) {
  auto const start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Times of one thing; the best is what it can do, the median what it usually does.
class Times {
 public:
  void add(double taken) { times_.push_back(taken); }
  [[nodiscard]] double best() const { return *std::min_element(times_.begin(), times_.end()); }
  [[nodiscard]] double median() const {
    auto sorted = times_;
    std::sort(sorted.begin(), sorted.end());
    return sorted[sorted.size() / 2];
  }

 private:
  std::vector<double> times_;
};

/// Reads a file and does nothing with its bytes. gzread passes plain files through; `text` takes
/// the bytes if it is not null.
std::size_t get_bytes(fs::path const& path, std::string* text = nullptr) {
  bool const packed = path.extension() == ".gz";
  std::vector<char> buffer(chunk);
  std::size_t total = 0;
  auto const took = [&](std::size_t count) {
    total += count;
    if (text != nullptr) text->append(buffer.data(), count);
    return count > 0;
  };
  if (!packed) {
    auto file = InputFile::open(path);
    LINCHPIN_EXPECTS(file.has_value());
    while (took(file->read(buffer).value())) benchmark::DoNotOptimize(buffer.data());
    return total;
  }
  auto* const file = gzopen(path.c_str(), "rb");
  LINCHPIN_EXPECTS(file != nullptr);
  gzbuffer(file, chunk);
  for (;;) {
    auto const count = gzread(file, buffer.data(), static_cast<unsigned>(buffer.size()));
    LINCHPIN_EXPECTS(count >= 0);
    if (!took(static_cast<std::size_t>(count))) break;
  }
  gzclose(file);
  return total;
}

/// Runs zcat on a gzip file; false if that failed. (Not inside a contract: those are left out of a
/// release, with all that stands in them.)
bool run_zcat(fs::path const& path) {
  return std::system(fmt::format("zcat '{}' > /dev/null", path.string()).c_str()) == 0;
}

/// Sum of all numbers in the text; what is none is skipped.
double float_loop(std::string_view text) {
  double sum = 0;
  auto const* at = text.data();
  auto const* const end = at + text.size();
  while (at < end) {
    double value = 0;
    auto const result = fast_float::from_chars(at, end, value);
    if (result.ec == std::errc{}) {
      sum += value;
      at = result.ptr + 1;
    } else {
      at = std::find_if(at, end, [](char c) { return c == ',' || c == '\n'; }) + 1;
    }
  }
  return sum;
}

/// One folder for all files, gone at the end.
fs::path const& folder() {
  static test::TemporaryFolder const temporary;
  return temporary.path();
}

fs::path published_table = LINCHPIN_REFERENCE_DATA "/wiod2013/wiot_2011.csv.gz";

Table const& world(std::size_t regions, std::size_t sectors) {
  static std::map<std::size_t, Table> worlds;
  auto const found = worlds.find(regions * sectors);
  if (found != worlds.end()) return found->second;
  auto table = synthesise_world({.regions = regions, .sectors = sectors, .seed = Seed{1}});
  return worlds.emplace(regions * sectors, std::move(table.value())).first->second;
}

/// `file` is read as often as the harness asks. of_limit: share of the speed of the slower
/// yardstick that ours reaches, best against best, and median against median. of_zlib_limit: the
/// same with zlib in place of zcat.
void compare(benchmark::State& state, fs::path const& file) {
  std::string text;
  get_bytes(file, &text);
  bool const packed = file.extension() == ".gz";
  Times bytes, zcat, floats, ours;
  for (auto _ : state) {
    bytes.add(seconds([&] { benchmark::DoNotOptimize(get_bytes(file)); }));
    if (packed) {
      zcat.add(seconds([&] {
        if (!run_zcat(file)) state.SkipWithError("zcat failed");
      }));
    }
    floats.add(seconds([&] { benchmark::DoNotOptimize(float_loop(text)); }));
    double const taken = seconds([&] {
      auto const table = read_table(file);
      if (!table) state.SkipWithError(table.error().what.c_str());
    });
    ours.add(taken);
    state.SetIterationTime(taken);
  }
  auto const& getting = packed ? zcat : bytes;
  state.counters["text_MB"] = 1e-6 * static_cast<double>(text.size());
  state.counters["bytes_ms"] = 1e3 * bytes.best();
  if (packed) state.counters["zcat_ms"] = 1e3 * zcat.best();
  state.counters["fast_float_ms"] = 1e3 * floats.best();
  state.counters["ours_ms"] = 1e3 * ours.best();
  state.counters["of_limit"] = std::max(getting.best(), floats.best()) / ours.best();
  state.counters["of_limit_median"] = std::max(getting.median(), floats.median()) / ours.median();
  if (packed) {
    state.counters["of_zlib_limit"] = std::max(bytes.best(), floats.best()) / ours.best();
  }
}

void compare_written(benchmark::State& state, bench::Layout const& layout, Table const& table,
                     std::string const& name) {
  auto const file = folder() / name;
  if (!fs::exists(file)) {
    auto const written = bench::write_as(layout, table, file);
    if (!written) return state.SkipWithError(written.error().what.c_str());
  }
  compare(state, file);
}

void published(benchmark::State& state) {
  if (!fs::exists(published_table)) return state.SkipWithError("no published table: see --table");
  compare(state, published_table);
}
void wiod2013_gz(benchmark::State& state) {
  compare_written(state, bench::wiod2013, world(41, 35), "wiot_2011.csv.gz");
}
void oecd_icio_plain(benchmark::State& state) {
  compare_written(state, bench::oecd_icio, world(77, 45), "icio_2019.csv");
}
void oecd_icio_gz(benchmark::State& state) {
  compare_written(state, bench::oecd_icio, world(77, 45), "icio_2019.csv.gz");
}

BENCHMARK(published)->UseManualTime()->Iterations(25)->Unit(benchmark::kMillisecond);
BENCHMARK(wiod2013_gz)->UseManualTime()->Iterations(25)->Unit(benchmark::kMillisecond);
BENCHMARK(oecd_icio_plain)->UseManualTime()->Iterations(7)->Unit(benchmark::kMillisecond);
BENCHMARK(oecd_icio_gz)->UseManualTime()->Iterations(5)->Unit(benchmark::kMillisecond);

/// A world of 3,500 industries: written, read here, and read in a child process as files that may
/// come from anywhere are. The yardstick reads the bytes of the file.
void netcdf(benchmark::State& state) {
  auto const& table = world(100, 35);
  auto const file = folder() / "world.nc";
  if (auto const written = write_world(table, file); !written) {
    return state.SkipWithError(written.error().what.c_str());
  }
  bool const in_child = state.range(0) != 0;
  auto const program = fs::read_symlink("/proc/self/exe");
  Times bytes, ours;
  for (auto _ : state) {
    bytes.add(seconds([&] { benchmark::DoNotOptimize(get_bytes(file)); }));
    double const taken = seconds([&] {
      auto const read = in_child ? read_world_isolated(file, program) : read_world(file);
      if (!read) state.SkipWithError(read.error().what.c_str());
    });
    ours.add(taken);
    state.SetIterationTime(taken);
  }
  state.counters["file_MB"] = 1e-6 * static_cast<double>(fs::file_size(file));
  state.counters["bytes_ms"] = 1e3 * bytes.best();
  state.counters["ours_ms"] = 1e3 * ours.best();
  state.counters["ours_median_ms"] = 1e3 * ours.median();
}
BENCHMARK(netcdf)
    ->ArgName("in_child")
    ->Arg(0)
    ->Arg(1)
    ->UseManualTime()
    ->Iterations(11)
    ->Unit(benchmark::kMillisecond);

void netcdf_write(benchmark::State& state) {
  auto const& table = world(static_cast<std::size_t>(state.range(0)), 35);
  auto const file = folder() / "written.nc";
  for (auto _ : state) {
    if (auto const written = write_world(table, file); !written) {
      state.SkipWithError(written.error().what.c_str());
    }
  }
  state.counters["file_MB"] = 1e-6 * static_cast<double>(fs::file_size(file));
}
BENCHMARK(netcdf_write)
    ->ArgName("regions")
    ->Arg(41)
    ->Arg(100)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace linchpin

int main(int argc, char** argv) {
  if (auto const code = linchpin::serve_isolated_read(argc, argv)) return *code;
  if (argc > 2 && std::string_view{argv[1]} == "--table") {
    linchpin::published_table = argv[2];
    std::rotate(argv + 1, argv + 3, argv + argc);
    argc -= 2;
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
