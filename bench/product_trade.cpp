// SPDX-License-Identifier: Apache-2.0
// Reading trade by product against what nobody can leave out, measured in the same run on the same
// bytes: inflating (or just reading) the file, finding the ends of its lines and splitting them at
// the commas. Ours adds the lines up for one group of buyers besides. It takes turns with its
// yardstick, so that other work on the machine hits both alike.
//
//     linchpin_bench_product_trade [--rows MILLIONS] [--keep FOLDER] [options of Google Benchmark]
//
// Files stay in FOLDER and are taken from there the next time, whatever --rows says.
//
// The files look like BACI's: a year, 226 countries, 5,000 products, sorted by exporter, importer
// and product, quantities that are sometimes "NA".
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <zlib.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "linchpin/core/random.h"
#include "linchpin/table/files/text_sink.h"
#include "linchpin/table/trade/product_trade.h"
#include "support/table_fixtures.h"

namespace linchpin {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t countries = 226, products = 5000;
constexpr std::size_t rows_per_year = 7'500'000;  // about BACI's
double millions = 2;
fs::path kept;

fs::path folder() {
  static test::TemporaryFolder const temporary;
  return kept.empty() ? temporary.path() : kept;
}

/// Lines of one exporter and importer: every product with the same chance.
void add_pair(std::string& text, int year, std::size_t exporter, std::size_t importer,
              double chance, Rng& rng) {
  for (std::size_t product = 0; product < products; ++product) {
    if (rng.uniform() >= chance) continue;
    auto const value = std::exp(3 * rng.normal() + 2);
    fmt::format_to(std::back_inserter(text), "{},{},{},{:06},{:.3f},", year, 4 + 4 * exporter,
                   4 + 4 * importer, 10111 + 17 * product, value);
    if (rng.uniform() < 0.1) {
      text += "NA\n";
    } else {
      fmt::format_to(std::back_inserter(text), "{:.3f}\n", 0.4 * value);
    }
  }
}

/// Writes `millions` of lines.
void write_trade(fs::path const& path) {
  auto sink = TextSink::create(path).value();
  auto const rows = static_cast<std::size_t>(1e6 * millions);
  auto const years = (rows + rows_per_year - 1) / rows_per_year;
  double const chance = static_cast<double>(rows) /
                        static_cast<double>(years * countries * (countries - 1) * products);
  Rng rng(Seed{5}, 0);
  std::string text = "t,i,j,k,v,q\n";
  for (std::size_t year = 0; year < years; ++year) {
    for (std::size_t i = 0; i < countries; ++i) {
      for (std::size_t j = 0; j < countries; ++j) {
        if (i != j) add_pair(text, 1995 + static_cast<int>(year), i, j, chance, rng);
      }
      if (!sink.write(text)) std::abort();
      text.clear();
    }
  }
  if (!sink.commit()) std::abort();
}

/// The yardstick: text in large pieces, line ends, commas. Returns the number of fields, so that
/// the work cannot be left out. gzread passes plain files through.
std::size_t bare_split(fs::path const& path) {
  std::vector<char> buffer(std::size_t{1} << 20U);
  auto* const file = gzopen(path.c_str(), "rb");
  if (file == nullptr) std::abort();
  gzbuffer(file, 1U << 18U);
  std::size_t fields = 0, held = 0;
  for (;;) {
    auto const count =
        gzread(file, buffer.data() + held, static_cast<unsigned>(buffer.size() - held));
    if (count <= 0) break;
    auto const* at = buffer.data();
    auto const* const end = at + held + static_cast<std::size_t>(count);
    while (auto const* stop = static_cast<char const*>(
               std::memchr(at, '\n', static_cast<std::size_t>(end - at)))) {
      for (; at < stop; ++at) fields += *at == ',' ? 1U : 0U;
      ++fields;
      at = stop + 1;
    }
    held = static_cast<std::size_t>(end - at);
    std::memmove(buffer.data(), at, held);
  }
  gzclose(file);
  return fields;
}

double now(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

/// Best times of one thing: by the clock, and of all threads together.
struct Best {
  double clock = 1e300, processor = 1e300;

  /// Does `work` and returns the seconds it took by the clock.
  double time(auto const& work) {
    double const start = now(CLOCK_MONOTONIC), spent = now(CLOCK_PROCESS_CPUTIME_ID);
    work();
    double const taken = now(CLOCK_MONOTONIC) - start;
    clock = std::min(clock, taken);
    processor = std::min(processor, now(CLOCK_PROCESS_CPUTIME_ID) - spent);
    return taken;
  }
};

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

/// of_limit: share of the yardstick's speed that ours reaches, best against best; of_limit_cpu: the
/// same in processor time, which other work on the machine disturbs less. peak_MB: memory of the
/// whole process.
void compare(benchmark::State& state, char const* name) {
  auto const path = folder() / name;
  if (!fs::exists(path)) write_trade(path);
  auto const rows = bare_split(path) / 6 - 1;  // six fields a line, without the header
  ProductTradeOptions options;
  options.buyers.push_back({"group", {}});
  for (std::size_t k = 0; k < 27; ++k) {
    options.buyers.front().members.push_back(std::to_string(4 + 4 * 8 * k));
  }
  Best bare, ours;
  for (auto _ : state) {
    bare.time([&] { benchmark::DoNotOptimize(bare_split(path)); });
    state.SetIterationTime(ours.time([&] {
      auto const trade = read_product_trade({path}, options);
      if (!trade || trade->rows != rows) state.SkipWithError("not read");
    }));
  }
  auto const millions_of_rows = 1e-6 * static_cast<double>(rows);
  state.counters["rows_M"] = millions_of_rows;
  state.counters["file_MB"] = 1e-6 * static_cast<double>(fs::file_size(path));
  state.counters["bare_Mrows_s"] = millions_of_rows / bare.clock;
  state.counters["ours_Mrows_s"] = millions_of_rows / ours.clock;
  state.counters["of_limit"] = bare.clock / ours.clock;
  state.counters["bare_Mrows_cpu_s"] = millions_of_rows / bare.processor;
  state.counters["ours_Mrows_cpu_s"] = millions_of_rows / ours.processor;
  state.counters["of_limit_cpu"] = bare.processor / ours.processor;
  state.counters["peak_MB"] = peak_megabytes();
}

void trade_plain(benchmark::State& state) { compare(state, "trade.csv"); }
void trade_gz(benchmark::State& state) { compare(state, "trade.csv.gz"); }

BENCHMARK(trade_plain)->UseManualTime()->Iterations(5)->Unit(benchmark::kMillisecond);
BENCHMARK(trade_gz)->UseManualTime()->Iterations(5)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace linchpin

int main(int argc, char** argv) {
  while (argc > 2 &&
         (std::string_view{argv[1]} == "--rows" || std::string_view{argv[1]} == "--keep")) {
    if (std::string_view{argv[1]} == "--rows") {
      linchpin::millions = std::atof(argv[2]);
    } else {
      linchpin::kept = argv[2];
    }
    std::rotate(argv + 1, argv + 3, argv + argc);
    argc -= 2;
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
