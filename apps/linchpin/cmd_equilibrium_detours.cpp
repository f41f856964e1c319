// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "apps/linchpin/equilibrium_commands.h"
#include "apps/linchpin/table_commands.h"
#include "apps/linchpin/terminal.h"
#include "linchpin/core/nearest.h"
#include "linchpin/equilibrium/flows.h"
#include "linchpin/equilibrium/transshipment.h"
#include "linchpin/results/json.h"
#include "linchpin/table/nowcast/trade_cube.h"

namespace linchpin::app {
namespace {

struct DetourWords {
  std::vector<std::string> cubes;
  std::string from, to, sector;
  int before = 0;
  std::size_t lag = 1;
  std::size_t top = 10;
};

Result<std::size_t> place_of(std::vector<std::string> const& labels, std::string const& label,
                             std::string const& what) {
  auto const found = std::find(labels.begin(), labels.end(), label);
  if (found != labels.end()) return static_cast<std::size_t>(found - labels.begin());
  return fail(ErrorCode::unknown_label, fmt::format("no {} '{}' in the cubes", what, label),
              "trade cubes", did_you_mean(label, labels, "labels are those of the cubes"));
}

Result<std::vector<TradeCube>> read_cubes(DetourWords const& words, Context const& context) {
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
  std::stable_sort(cubes.begin(), cubes.end(),
                   [](TradeCube const& a, TradeCube const& b) { return a.year < b.year; });
  return cubes;
}

Json json_of(equilibrium::TransshipmentFindings const& found, TradeCube const& cube,
             std::string const& sector) {
  Json candidates = Json::array();
  for (auto const& each : found.candidates) {
    candidates.push_back({{"via", cube.regions[each.via]},
                          {"score", each.score},
                          {"imports_rise", each.imports_rise},
                          {"exports_rise", each.exports_rise},
                          {"lag", each.lag},
                          {"persistence", each.persistence},
                          {"share_of_fall", each.share_of_fall}});
  }
  return {{"sector", sector},
          {"direct_before", found.direct_before},
          {"direct_after", found.direct_after},
          {"direct_expected", found.direct_expected},
          {"direct_fall", found.direct_fall},
          {"candidates", std::move(candidates)}};
}

void print_findings(equilibrium::TransshipmentFindings const& found, TradeCube const& cube,
                    DetourWords const& words, std::string const& sector) {
  print_line(fmt::format(
      "{} to {}, sector {}, USD million a year: {:.0f} in {}, {:.0f} after it where {:.0f} was to "
      "be expected.",
      words.from, words.to, sector, found.direct_before, words.before, found.direct_after,
      found.direct_expected));
  if (found.candidates.empty()) {
    print_line("No third country buys and sells more than its own growth explains.");
    return;
  }
  std::vector<std::vector<std::string>> rows;
  for (auto const& each : found.candidates) {
    if (rows.size() == words.top) break;
    rows.push_back({cube.regions[each.via], fmt::format("{:.0f}", each.score),
                    fmt::format("{:.0f}", each.imports_rise),
                    fmt::format("{:.0f}", each.exports_rise), std::to_string(each.lag),
                    fmt::format("{:.0f}", 100 * each.persistence)});
  }
  print(text_table({"by way of", "both rise by", "bought more", "sold more", "lag", "% of years"},
                   rows));
}

Result<void> run(DetourWords const& words, Context const& context) {
  auto const cubes = read_cubes(words, context);
  if (!cubes) return fail(cubes.error());
  auto const& cube = cubes->front();
  ErrorList errors;
  auto const from = place_of(cube.regions, words.from, "region");
  auto const to = place_of(cube.regions, words.to, "region");
  if (!from) errors.add(from.error());
  if (!to) errors.add(to.error());
  std::vector<std::size_t> sectors;
  if (words.sector.empty()) {
    for (std::size_t j = 0; j < cube.sectors.size(); ++j) sectors.push_back(j);
  } else if (auto const sector = place_of(cube.sectors, words.sector, "sector")) {
    sectors.push_back(*sector);
  } else {
    errors.add(sector.error());
  }
  equilibrium::TransshipmentOptions options;
  options.longest_lag = words.lag;
  auto const year = std::find_if(cubes->begin(), cubes->end(),
                                 [&](TradeCube const& each) { return each.year == words.before; });
  if (year == cubes->end()) {
    errors.add(ErrorCode::bad_value, fmt::format("no cube is of the year {}", words.before),
               "--before", "name the last year before direct trade was hit");
  }
  if (!errors.empty()) return fail(errors.joined());
  options.last_before = static_cast<std::size_t>(year - cubes->begin());
  std::vector<equilibrium::Flows> flows;
  for (auto const& each : *cubes) flows.push_back(equilibrium::flows_of(each));

  Json list = Json::array();
  for (auto const sector : sectors) {
    auto const found = equilibrium::find_transshipment(flows, {sector, *from, *to}, options);
    if (!found) return fail(found.error());
    if (context.json) {
      list.push_back(json_of(*found, cube, cube.sectors[sector]));
    } else {
      print_findings(*found, cube, words, cube.sectors[sector]);
    }
  }
  if (!context.json) return {};
  print_line(to_text({{"schema", json_schema("linchpin.equilibrium-detours")},
                      {"from", words.from},
                      {"to", words.to},
                      {"before", words.before},
                      {"sectors", std::move(list)}}));
  return {};
}

}  // namespace

void add_equilibrium_detours(CLI::App& equilibrium, Context& context, Action& action) {
  auto const words = std::make_shared<DetourWords>();
  auto& command =
      add_table_command(equilibrium, context, action, "detours",
                        "Third countries that buy more from one region and sell more to another",
                        [words](Context const& each) { return run(*words, each); });
  command.add_option("cubes", words->cubes, "Trade cubes (CSV), two years or more")->required();
  command.add_option("--from", words->from, "Region whose goods may come by a detour")->required();
  command.add_option("--to", words->to, "Region they may reach")->required();
  command.add_option("--before", words->before, "Last year before direct trade was hit")
      ->required();
  command.add_option("--sector", words->sector, "Sector of the cube (all)");
  command.add_option("--lag", words->lag, "Years by which sales may follow purchases")
      ->check(CLI::Range(0, 20))
      ->capture_default_str();
  command.add_option("--top", words->top, "Countries shown (all with --json)")
      ->check(CLI::Range(1, 1000000))
      ->capture_default_str();
}

}  // namespace linchpin::app
