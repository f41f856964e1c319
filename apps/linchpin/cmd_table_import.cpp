// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>

#include "apps/linchpin/table_commands.h"
#include "apps/linchpin/terminal.h"
#include "linchpin/table/read.h"

namespace linchpin::app {
namespace {

struct ImportOptions {
  std::string input;
  std::filesystem::path output;
  bool strict = false;
  ReadOptions read;
  std::string regions, sectors;
  double memory = 8;  ///< GiB
  TableInfo stated;   ///< what the user says about a table that cannot say it itself
  std::string unit;
};

void state(TableInfo& info, ImportOptions const& options) {
  auto const& stated = options.stated;
  auto const take = [](std::string& target, std::string const& text) {
    if (!text.empty()) target = text;
  };
  take(info.title, stated.title);
  take(info.price_basis, stated.price_basis);
  take(info.source, stated.source);
  take(info.licence, stated.licence);
  if (stated.year != 0) info.year = stated.year;
  if (!options.unit.empty()) info.unit = parse_monetary_unit(options.unit);
  info.estimated = info.estimated || stated.estimated;
}

Result<void> import(ImportOptions const& options, Context const& context) {
  auto const fine =
      check_output(options.output, {options.input, options.regions, options.sectors}, true);
  if (!fine) return fine;
  auto read = options.read;
  read.reader_program = context.reader_program;
  constexpr double gib = 1073741824.0;
  read.memory_limit = static_cast<std::uint64_t>(options.memory * gib);
  ErrorList errors;
  Mapping regions, sectors;
  read.regions = read_mapping_option(options.regions, regions, errors);
  read.sectors = read_mapping_option(options.sectors, sectors, errors);
  if (!errors.empty()) return fail(errors.joined());
  auto table = read_table(options.input, read, run_control(context));
  finish_progress();
  if (!table) return fail(table.error());
  state(table->info, options);
  // A table is stored as it is, faults included, unless --strict forbids: check and the questions
  // judge it.
  auto const judged = judge_table(*table, options.input, options.strict, context, false);
  if (!judged && options.strict) return fail(judged.error());
  if (auto const written = write_table(*table, options.output, context); !written) return written;
  if (!judged) print_holds_errors(options.read.threshold > 0, context);
  return {};
}

}  // namespace

void add_table_import(CLI::App& table, Context& context, Action& action) {
  auto const options = std::make_shared<ImportOptions>();
  auto& command = add_table_command(table, context, action, "import",
                                    "Read a published table and store it as a world",
                                    [options](Context const& c) { return import(*options, c); });
  command.add_option("file", options->input, "Table: a file, a folder, or a zip or tar archive")
      ->required();
  command.add_option("--format", options->read.format,
                     fmt::format("Format, recognised by content unless given: {}",
                                 fmt::join(table_formats(), ", ")));
  command.add_option("--member", options->read.member,
                     "Which table of a folder or archive, where it holds several");
  command.add_option("-o,--output", options->output, "World to write (.nc)")->required();
  command.add_flag("--strict", options->strict, "Warnings count as errors");
  command.add_option("--regions", options->regions, "Add up regions while reading (CSV: from,to)");
  command.add_option("--sectors", options->sectors, "Add up sectors while reading (CSV: from,to)");
  command
      .add_option("--threshold", options->read.threshold,
                  "Leave out intermediate flows smaller than this, for tables too large")
      ->check(CLI::NonNegativeNumber);
  command.add_flag("--float32", options->read.float32,
                   "Hold intermediate flows in single precision, for tables too large");
  command.add_option("--memory", options->memory, "Memory the table may take [GiB]")
      ->check(CLI::Range(1e-6, 1e6))
      ->capture_default_str();
  command.add_option("--title", options->stated.title, "What the table is");
  command.add_option("--year", options->stated.year, "Year of the flows")
      ->check(CLI::Range(1, 9999));
  command.add_option("--unit", options->unit, "Unit, e.g. 'USD million'");
  command.add_option("--price-basis", options->stated.price_basis, "e.g. 'current prices'");
  command.add_option("--source", options->stated.source, "Citation of the publisher");
  command.add_option("--licence", options->stated.licence, "Licence of the data");
  command.add_flag("--estimated", options->stated.estimated, "Cells are estimates");
}

}  // namespace linchpin::app
