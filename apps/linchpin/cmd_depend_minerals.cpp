// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <set>

#include "apps/linchpin/depend_commands.h"
#include "apps/linchpin/origin.h"
#include "apps/linchpin/table_commands.h"
#include "apps/linchpin/terminal.h"
#include "apps/linchpin/world.h"
#include "linchpin/core/lowercase.h"
#include "linchpin/core/nearest.h"
#include "linchpin/results/json.h"
#include "linchpin/results/mineral_tables.h"
#include "linchpin/table/minerals/minerals.h"

namespace linchpin::app {
namespace {

struct MineralOptions {
  CLI::App const* depend = nullptr;
  std::string world;
  std::vector<std::string> minerals;
  std::optional<int> year;
  std::size_t top = 20;
  std::string csv;
};

/// Productions of the minerals and the year asked for; without a year the last.
Result<std::vector<MineralProduction>> chosen(std::vector<MineralProduction> all,
                                              MineralOptions const& options) {
  std::set<int> years;
  std::vector<std::string> names;
  for (auto const& each : all) {
    years.insert(each.year);
    if (names.empty() || names.back() != each.commodity) names.push_back(each.commodity);
  }
  ErrorList errors;
  std::set<std::string> wanted;
  for (auto const& mineral : options.minerals) {
    auto const found = std::find_if(names.begin(), names.end(), [&](std::string const& name) {
      return lowercase(name) == lowercase(mineral);
    });
    if (found != names.end()) {
      wanted.insert(*found);
    } else {
      errors.add(ErrorCode::unknown_label, fmt::format("there is no mineral '{}'", mineral),
                 "--mineral",
                 did_you_mean(mineral, names, "`linchpin depend minerals --top 200` lists them"));
    }
  }
  int const year = options.year.value_or(*years.rbegin());
  if (!years.contains(year)) {
    errors.add(ErrorCode::bad_value, fmt::format("there is no production of {}", year), "--year",
               fmt::format("the years are {} to {}", *years.begin(), *years.rbegin()));
  }
  if (!errors.empty()) return fail(errors.joined());
  std::erase_if(all, [&](MineralProduction const& each) {
    return each.year != year || (!wanted.empty() && !wanted.contains(each.commodity));
  });
  return all;
}

void print_minerals(ResultTable const& table) {
  std::vector<std::vector<std::string>> rows;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    auto const text = [&](char const* column) { return cell_text(table, column, row); };
    auto const kind = lowercase(text("kind"));
    rows.push_back({shortened(text("commodity") + ", " + kind, 52),
                    shortened(text("largest_producer"), 20), text("largest_share"), text("hhi"),
                    text("hhi_most"), text("effective_producers"), shortened(text("hidden"), 16)});
  }
  print(text_table({"mineral", "largest producer", "its share", "HHI", "HHI at most",
                    "effective producers", "figures hidden"},
                   rows));
}

void print_uses(ResultTable const& table, MonetaryUnit const& unit) {
  std::vector<std::vector<std::string>> rows;
  auto const& outputs = std::get<NumberColumn>(
      std::find_if(table.columns.begin(), table.columns.end(), [](auto const& each) {
        return each.name == "output";
      })->data);
  std::string last;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    auto const text = [&](char const* column) { return cell_text(table, column, row); };
    auto const name = text("commodity");
    rows.push_back({name == last ? "" : name, text("sector"), shortened(text("name"), 34),
                    money(outputs.values[row], unit),
                    text("largest_region") + " " + text("largest_region_share"),
                    shortened(text("reason"), 60)});
    last = name;
  }
  print_line();
  print(text_table({"mineral", "sector", "name", "output", "largest region", "use (assumption)"},
                   rows));
}

Result<void> run_minerals(MineralOptions const& options, Context const& context) {
  if (auto const fine = refuse_depend_options(*options.depend, "minerals"); !fine) return fine;
  RunClock const clock;
  auto const folder = context.data_dir / "minerals";
  std::vector<std::filesystem::path> inputs{folder / "production.csv"};
  auto all = read_mineral_production(inputs.front());
  if (!all) return fail(all.error());
  auto const productions = chosen(*std::move(all), options);
  if (!productions) return fail(productions.error());
  auto const ranked = ranked_minerals(*productions, options.top);
  auto const minerals = minerals_table(ranked);

  Origin origin;
  std::optional<World> world;
  std::optional<ResultTable> uses;
  if (!options.world.empty()) {
    auto opened = open_world(options.world, context);
    if (!opened) return fail(opened.error());
    world = *std::move(opened);
    inputs.push_back(folder / "uses.csv");
    auto const list = read_mineral_uses(inputs.back());
    if (!list) return fail(list.error());
    uses = mineral_uses_table(ranked, world->economy, *list);
    if (uses->rows() == 0) {
      return fail(ErrorCode::missing_value, "none of its sectors is in the list of uses",
                  options.world,
                  "the list knows the sectors of WIOD (c1 …) and ISIC Rev. 4 (C26 …): aggregate or "
                  "rename the table's sectors");
    }
    origin = world->origin;
    inputs.push_back(world->path);
  }
  if (!options.csv.empty()) {
    auto const done = write_csv_file(uses ? *uses : minerals, options.csv,
                                     {inputs.front().string(), world ? world->path.string() : ""});
    if (!done) return done;
  }
  if (!context.json) {
    print_minerals(minerals);
    if (uses) print_uses(*uses, world->economy.info().unit);
    print_line();
    print(wrap(dim(fmt::format("{}; production of {}. {}", productions->front().source,
                               productions->front().year, minerals.note))));
    if (uses) print(wrap(dim(uses->note)));
    return {};
  }
  origin.options = {{"top", static_cast<std::int64_t>(options.top)},
                    {"year", static_cast<std::int64_t>(productions->front().year)}};
  if (auto const filled = clock.fill(origin, inputs); !filled) return filled;
  Json document = {{"schema", json_schema("linchpin.depend-minerals")}};
  document["minerals"] = rows_to_json(minerals);
  document["mineral_producers"] = rows_to_json(mineral_producers_table(ranked));
  document["mineral_uses"] = uses ? rows_to_json(*uses) : Json(nullptr);
  if (!uses) document["mineral_uses_reason"] = "no world was named";
  document["notes"] = uses ? Json{minerals.note, uses->note} : Json{minerals.note};
  auto described = origin_to_json(origin);
  if (!world) described.erase("world");
  document["origin"] = std::move(described);
  print_line(to_text(document));
  return {};
}

}  // namespace

void add_depend_minerals(CLI::App& depend, Context& context, Action& action) {
  auto const options = std::make_shared<MineralOptions>();
  options->depend = &depend;
  auto& command = add_table_command(
      depend, context, action, "minerals", "Who produces the world's minerals, and who uses them",
      [options](Context const& each) { return run_minerals(*options, each); });
  command.add_option("--world", options->world,
                     "Built-in world or table file whose sectors use them");
  command
      .add_option("--mineral", options->minerals,
                  "Mineral (Gallium, \"Rare earths\"); repeat for several; default: all")
      ->allow_extra_args(false);
  command.add_option("--year", options->year, "Year of production; default: the last");
  command.add_option("--top", options->top, "Length of the list, most concentrated first")
      ->check(CLI::Range(1, 1000000))
      ->capture_default_str();
  command.add_option("--csv", options->csv,
                     "File for the table: minerals, or with --world minerals and sectors");
}

}  // namespace linchpin::app
