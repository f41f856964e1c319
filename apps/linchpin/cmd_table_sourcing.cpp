// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <numeric>

#include "apps/linchpin/table_commands.h"
#include "apps/linchpin/terminal.h"
#include "linchpin/results/json.h"
#include "linchpin/table/nowcast/trade_cube.h"

namespace linchpin::app {
namespace {

struct SourcingWords {
  std::vector<std::string> cubes;
  std::string importer, sector;
  std::size_t top = 8;
};

/// Regions by their largest share in any year.
std::vector<std::size_t> largest(std::vector<Sourcing> const& years, std::size_t top) {
  std::vector<std::size_t> order(years.front().shares.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  auto const peak = [&](std::size_t region) {
    double most = 0;
    for (auto const& year : years) most = std::max(most, year.shares[region]);
    return most;
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return peak(a) > peak(b); });
  order.resize(std::min(top, order.size()));
  return order;
}

Result<void> run(SourcingWords const& words, Context const& context) {
  std::vector<TradeCube> cubes;
  ErrorList errors;
  for (auto const& file : words.cubes) {
    if (auto cube = read_trade_cube(file, {}, run_control(context))) {
      cubes.push_back(*std::move(cube));
    } else {
      errors.add(cube.error());
    }
  }
  finish_progress();
  if (!errors.empty()) return fail(errors.joined());
  auto const years = sourcing_over_time(cubes, words.importer, words.sector);
  if (!years) return fail(years.error());
  auto const order = largest(*years, words.top);
  auto const& regions = cubes.front().regions;
  if (context.json) {
    Json list = Json::array();
    for (auto const& year : *years) {
      Json shares = Json::object();
      for (std::size_t e = 0; e < regions.size(); ++e) shares[regions[e]] = year.shares[e];
      list.push_back({{"year", year.year}, {"moved", year.moved}, {"shares", std::move(shares)}});
    }
    print_line(to_text({{"schema", json_schema("linchpin.table-sourcing")},
                        {"importer", words.importer},
                        {"sector", words.sector},
                        {"years", std::move(list)}}));
    return {};
  }
  std::vector<std::string> header{"% of purchases"};
  for (auto const& year : *years) header.push_back(std::to_string(year.year));
  std::vector<std::vector<std::string>> rows;
  for (auto const region : order) {
    auto& row = rows.emplace_back();
    row.push_back(regions[region]);
    for (auto const& year : *years) row.push_back(fmt::format("{:.1f}", year.shares[region] * 100));
  }
  auto& row = rows.emplace_back();
  row.emplace_back("moved to another origin");
  for (auto const& year : *years) row.push_back(fmt::format("{:.1f}", year.moved * 100));
  print(text_table(header, rows));
  return {};
}

}  // namespace

void add_table_sourcing(CLI::App& table, Context& context, Action& action) {
  auto const words = std::make_shared<SourcingWords>();
  auto& command =
      add_table_command(table, context, action, "sourcing",
                        "Where a region's purchases of a product came from, cube by cube",
                        [words](Context const& c) { return run(*words, c); });
  command.add_option("cubes", words->cubes, "Trade cubes (CSV), oldest first")->required();
  command.add_option("--importer", words->importer, "Buying region")->required();
  command.add_option("--sector", words->sector, "Sector of the cube (21: electronics)")->required();
  command.add_option("--top", words->top, "Origins shown (all with --json)")->check(CLI::Range(1, 1000000))->capture_default_str();
}

}  // namespace linchpin::app
